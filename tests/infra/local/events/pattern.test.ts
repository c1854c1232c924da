import { expect, test } from 'vitest';
import { compilePattern } from '../../../../infra/local/events/pattern.ts';
import type { JsonValue } from '../../../../infra/local/template/template.ts';

const event: JsonValue = {
  source: 'aws.s3',
  'detail-type': 'Object Created',
  resources: ['arn:aws:s3:::seeds', 'other'],
  detail: { bucket: { name: 'seeds' }, object: { key: 'notes/Story 1.md', size: 10 }, nothing: null },
};
const key = (wanted: JsonValue): JsonValue => ({ detail: { object: { key: [wanted] } } });
const size = (wanted: JsonValue): JsonValue => ({ detail: { object: { size: [wanted] } } });

const matching: JsonValue[] = [
  {},
  { source: ['aws.ec2', 'aws.s3'] },
  { source: ['aws.s3'], detail: { bucket: { name: ['seeds'] } } },
  { resources: ['other'] },
  { detail: { nothing: [null] } },
  size(10),
];
const differing: JsonValue[] = [
  { source: ['AWS.S3'] },
  { source: ['aws.s3'], detail: { bucket: { name: ['site'] } } },
  { detail: { missing: ['x'] } },
  size('10'),
];
const refused: [operator: string, pattern: JsonValue][] = [
  ['prefix', key({ prefix: 'notes/' })],
  ['prefix', key({ prefix: { 'equals-ignore-case': 'NOTES/' } })],
  ['suffix', key({ suffix: '.md' })],
  ['suffix', key({ suffix: { 'equals-ignore-case': '.MD' } })],
  ['equals-ignore-case', key({ 'equals-ignore-case': 'NOTES/story 1.MD' })],
  ['wildcard', key({ wildcard: 'notes/*.md' })],
  ['anything-but', key({ 'anything-but': ['a', 'b'] })],
  ['anything-but', { detail: { missing: [{ 'anything-but': 'x' }] } }],
  ['numeric', size({ numeric: ['>', 0, '<=', 10] })],
  ['exists', { detail: { missing: [{ exists: false }], object: { key: [{ exists: true }] } } }],
  ['$or', { $or: [{ source: ['x'] }, { detail: { object: { size: [10] } } }] }],
  ['cidr', key({ cidr: '10.0.0.0/24' })],
];

test.each(matching)('%j matches the event', (pattern) => {
  expect(compilePattern(pattern)(event)).toBe(true);
});
test.each(differing)('%j does not match the event', (pattern) => {
  expect(compilePattern(pattern)(event)).toBe(false);
});
test.each(refused)('the operator %s is refused by name', (operator, pattern) => {
  expect(() => compilePattern(pattern)).toThrow(`it does not know the operator "${operator}"`);
});
