// biome-ignore-all lint/suspicious/noTemplateCurlyInString: CloudFormation writes its placeholders so
import { expect, test } from 'vitest';
import type { ResourceReference } from '../../../../infra/local/template/references.ts';
import { resolveIntrinsics } from '../../../../infra/local/template/resolve-intrinsics.ts';
import type { JsonValue } from '../../../../infra/local/template/template.ts';

const references = new Map<string, ResourceReference>([
  ['Bucket', { name: 'bucket', ref: 'bucket', attributes: { Arn: 'arn:aws:s3:::bucket' } }],
]);
const scope = { references, parameters: { Given: 'value' } };

const cases: [string, JsonValue, JsonValue][] = [
  ['a reference', { Ref: 'Bucket' }, 'bucket'],
  ['a parameter', { Ref: 'Given' }, 'value'],
  ['a pseudo parameter', { Ref: 'AWS::Partition' }, 'aws'],
  ['an attribute', { 'Fn::GetAtt': ['Bucket', 'Arn'] }, 'arn:aws:s3:::bucket'],
  ['an attribute in one string', { 'Fn::GetAtt': 'Bucket.Arn' }, 'arn:aws:s3:::bucket'],
  ['a join', { 'Fn::Join': ['/', ['a', { Ref: 'Bucket' }, 3]] }, 'a/bucket/3'],
  [
    'a substitution',
    { 'Fn::Sub': '${Bucket} in ${AWS::Region}: ${Bucket.Arn} ${!kept}' },
    'bucket in us-east-1: arn:aws:s3:::bucket ${kept}',
  ],
  ['a substitution with values', { 'Fn::Sub': ['${x}-${Given}', { x: { Ref: 'Bucket' } }] }, 'bucket-value'],
  ['a choice of a split', { 'Fn::Select': [2, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Bucket', 'Arn'] }] }] }, 's3'],
  ['nothing', { kept: [{ Ref: 'AWS::NoValue' }, 1], gone: { Ref: 'AWS::NoValue' } }, { kept: [1] }],
  ['an object that is not a function', { a: { Ref: 'Bucket', b: 1 } }, { a: { Ref: 'Bucket', b: 1 } }],
];

test.each(cases)('%s is resolved', (_what, written, expected) => {
  expect(resolveIntrinsics(written, scope)).toEqual(expected);
});

test('an unknown function or reference is refused by name', () => {
  expect(() => resolveIntrinsics({ a: { 'Fn::Cidr': ['x'] } }, scope)).toThrow('does not know Fn::Cidr');
  expect(() => resolveIntrinsics({ Ref: 'Missing' }, scope)).toThrow('refers to Missing');
});
