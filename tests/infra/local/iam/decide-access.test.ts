import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AccessCall, decideAccess } from '../../../../infra/local/iam/decide-access.ts';
import { matchesWildcards } from '../../../../infra/local/iam/match-wildcards.ts';
import { policySchema } from '../../../../infra/local/iam/parse-policy.ts';

const object = 'arn:aws:s3:::site/issues/daily-1';
const call: AccessCall = {
  caller: { kind: 'role', role: 'publisher', name: 'publish' },
  action: 's3:GetObject',
  resource: object,
};
const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: object };

/** What is decided with statements of the caller's role. */
const decide = (statements: readonly object[], more: Partial<AccessCall> = {}) =>
  decideAccess(
    { ...call, ...more },
    { roles: new Map([['publisher', policySchema.parse({ Statement: statements })]]), resources: [] },
  );

test.each<[string, object]>([
  ['the exact names', {}],
  ['several actions and resources', { Action: ['s3:PutObject', 's3:GetObject'], Resource: ['arn:x', object] }],
  ['wildcards, which in actions ignore case', { Action: 'S3:get*', Resource: 'arn:aws:s3:::site/*' }],
  ['any resource', { Resource: '*' }],
])('a statement allows by %s', (_how, more) => {
  expect(decide([{ ...allow, ...more }])).toBe('allowed');
});

test.each<[string, object]>([
  ['another action', { Action: 's3:PutObject' }],
  ['another folder', { Resource: 'arn:aws:s3:::site/pages/*' }],
  ['the bucket instead of its objects', { Resource: 'arn:aws:s3:::site' }],
  ['the resource in other letters', { Resource: object.toUpperCase() }],
])('a statement of %s allows nothing', (_what, more) => {
  expect(decide([{ ...allow, ...more }])).toBe('implicit deny');
});

test('a statement that denies beats those that allow, in any order', () => {
  const deny = { ...allow, Effect: 'Deny' };
  const statements = fc.shuffledSubarray([allow, deny, { ...allow, Resource: '*' }, { ...deny, Action: 's3:Put*' }]);
  fc.assert(
    fc.property(statements, (chosen) => {
      const expected = chosen.includes(deny) ? 'explicit deny' : 'implicit deny';
      const allowing = chosen.some(({ Effect }) => Effect === 'Allow');
      expect(decide(chosen)).toBe(allowing && !chosen.includes(deny) ? 'allowed' : expected);
    }),
  );
});

test('another role has no rights of this one', () => {
  expect(decide([allow], { caller: { kind: 'role', role: 'sender', name: 'deliver' } })).toBe('implicit deny');
});

describe('the leading keys of a table', () => {
  const readers = ['SUBSCRIBER#*', 'TOKEN_KEYS*'];
  const decideKeys = (operator: string, keys: readonly string[] | undefined) =>
    decide([{ ...allow, Condition: { [operator]: { 'dynamodb:LeadingKeys': readers } } }], {
      ...(keys && { context: { 'dynamodb:leadingkeys': keys } }),
    });

  test.each([
    ['ForAllValues:StringNotLike', ['ARTICLE#1', 'BUILD'], 'allowed'],
    ['ForAllValues:StringNotLike', ['ARTICLE#1', 'SUBSCRIBER#ann'], 'implicit deny'],
    ['ForAllValues:StringLike', ['SUBSCRIBER#ann', 'TOKEN_KEYS'], 'allowed'],
    ['ForAllValues:StringLike', ['SUBSCRIBER#ann', 'BUILD'], 'implicit deny'],
    // As in IAM: a call without the key, such as a scan, meets a condition of all its values.
    ['ForAllValues:StringNotLike', undefined, 'allowed'],
    ['ForAnyValue:StringLike', ['SUBSCRIBER#ann', 'BUILD'], 'allowed'],
    ['ForAnyValue:StringLike', undefined, 'implicit deny'],
    ['StringLike', undefined, 'implicit deny'],
    ['StringNotLike', undefined, 'allowed'],
  ])('%s of %j is %s', (operator, keys, expected) => {
    expect(decideKeys(operator, keys)).toBe(expected);
  });
});

describe('the policy of a queue', () => {
  const queue = 'arn:aws:sqs:us-east-1:000000000000:uploads';
  const rule = 'arn:aws:events:us-east-1:000000000000:rule/changed';
  const sent: AccessCall = {
    caller: { kind: 'service', service: 'events.amazonaws.com', sourceArn: rule },
    action: 'sqs:SendMessage',
    resource: queue,
  };
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: queue,
    Condition: { ArnEquals: { 'aws:SourceArn': rule }, StringEquals: { 'aws:SourceAccount': '000000000000' } },
  };
  const decideSent = (statements: readonly object[], more: Partial<AccessCall> = {}, attachedTo = queue) =>
    decideAccess(
      { ...sent, ...more },
      {
        roles: new Map(),
        resources: [{ attachedTo: [attachedTo], statements: policySchema.parse({ Statement: statements }) }],
      },
    );

  test('allows the service on behalf of its rule, and neither another service nor another rule', () => {
    expect(decideSent([statement])).toBe('allowed');
    const others = [
      { service: 's3.amazonaws.com', sourceArn: rule },
      { service: 'events.amazonaws.com', sourceArn: `${rule}-too` },
    ];
    for (const other of others)
      expect(decideSent([statement], { caller: { kind: 'service', ...other } })).toBe('implicit deny');
  });

  test('is no policy of another queue, whatever resource its statements name', () => {
    expect(decideSent([{ ...statement, Resource: '*' }], {}, `${queue}-dead-letters`)).toBe('implicit deny');
  });

  test('may deny everybody, but requests of this machine count as TLS', () => {
    const deny = { Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sqs:*', Resource: queue };
    expect(decideSent([statement, deny])).toBe('explicit deny');
    const plain = { ...deny, Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
    const old = { ...deny, Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } };
    expect(decideSent([statement, plain, old])).toBe('allowed');
  });
});

test.each<[string, object]>([
  ['an operator', { Condition: { DateLessThan: { 'aws:SourceArn': 'x' } } }],
  ['an operator for keys that may be missing', { Condition: { StringEqualsIfExists: { 'aws:SourceArn': 'x' } } }],
  ['a quantifier', { Condition: { 'ForSomeValues:StringLike': { 'dynamodb:LeadingKeys': 'x' } } }],
  ['a key', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'x' } } }],
])('a condition with %s that the local run does not know is refused', (_what, more) => {
  expect(() => policySchema.parse({ Statement: [{ ...allow, ...more }] })).toThrow(
    expect.objectContaining({ name: 'UnsupportedTemplateError' }),
  );
});

test.each(['NotAction', 'NotResource', 'NotPrincipal'])('a statement with %s is refused', (element) => {
  expect(policySchema.safeParse({ Statement: [{ ...allow, [element]: '*' }] }).success).toBe(false);
});

test('wildcards fit as those of a shell do', () => {
  const text = (alphabet: string) => fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 12 });
  fc.assert(
    fc.property(text('ab*?'), text('ab'), (pattern, given) => {
      const expression = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);
      expect(matchesWildcards(pattern, given)).toBe(expression.test(given));
    }),
    { numRuns: 500 },
  );
});
