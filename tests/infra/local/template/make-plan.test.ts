import { expect, test } from 'vitest';
import { makePlan } from '../../../../infra/local/template/make-plan.ts';
import { readAssembly } from '../../../../infra/local/template/read-assembly.ts';
import { temporaryFolder } from '../bundle.ts';
import { smallResources, writeAssembly } from '../small-app.ts';

const planOf = (resources: object) => {
  const folder = temporaryFolder();
  writeAssembly(folder, resources);
  return makePlan(readAssembly(folder), {
    queueUrl: (name) => `http://127.0.0.1:1/000000000000/${name}`,
    siteHost: '127.0.0.1:8080',
    secrets: {},
  });
};

test('a template becomes a plan in the terms of the local servers', () => {
  const plan = planOf(smallResources);
  expect(plan.buckets).toEqual([
    { name: 'seeds', tellsEventBridge: true },
    { name: 'site', tellsEventBridge: false },
    { name: 'desk', tellsEventBridge: false },
  ]);
  expect(plan.queues).toEqual([
    { name: 'dead-letters', visibilityTimeout: 30, delay: 0 },
    {
      name: 'uploads',
      visibilityTimeout: 60,
      delay: 0,
      deadLetters: { queue: 'dead-letters', maxReceives: 3 },
    },
  ]);
  expect(plan.tables).toMatchObject([{ TableName: 'table', BillingMode: 'PAY_PER_REQUEST' }]);
  expect(plan.rules).toMatchObject([
    {
      name: 'changed',
      pattern: { detail: { bucket: { name: ['seeds'] } } },
      targets: [{ queue: 'uploads' }],
    },
    { name: 'tick', schedule: 'rate(1 minute)', targets: [{ queue: 'uploads' }] },
  ]);
  expect(plan.functions).toMatchObject([
    {
      name: 'publish',
      timeout: 10,
      memory: 128,
      environment: {
        SITE_ADDRESS: 'https://127.0.0.1:8080',
        UPLOADS_QUEUE_URL: 'http://127.0.0.1:1/000000000000/uploads',
        TABLE: 'table',
      },
    },
  ]);
  expect(plan.mappings).toMatchObject([
    { queue: 'uploads', function: 'publish', batchSize: 10, maxConcurrency: 2, reportsItemFailures: true },
  ]);
  expect(plan.sites).toMatchObject([
    {
      defaultRootObject: 'index.html',
      errors: [{ code: 404, status: 404, page: '/404.html' }],
      behaviours: [
        {
          origin: { kind: 'bucket', bucket: 'site', path: '' },
          encodings: ['br', 'gzip'],
          headers: [
            { name: 'server', value: undefined },
            { name: 'x-content-type-options', value: 'nosniff' },
            { name: 'strict-transport-security', value: 'max-age=60; includeSubDomains' },
            { name: 'x-paper', value: 'small', overrides: false },
          ],
          functions: [{ event: 'viewer-response' }],
        },
      ],
    },
  ]);
});

const { Publish, Tick } = smallResources;
const rule = (properties: object) => ({ ...smallResources, Tick: { ...Tick, Properties: properties } });
const refused: [string, object, string][] = [
  [
    'an unknown type',
    { ...smallResources, Strange: { Type: 'AWS::Kinesis::Stream' } },
    'AWS::Kinesis::Stream (Strange',
  ],
  [
    'a condition',
    { ...smallResources, Site: { Type: 'AWS::S3::Bucket', Condition: 'C' } },
    'conditions (Site',
  ],
  [
    'another runtime',
    {
      ...smallResources,
      Publish: { ...Publish, Properties: { ...Publish.Properties, Runtime: 'python3.13' } },
    },
    'python3.13 (Publish',
  ],
  [
    'a bundle that is not there',
    {
      ...smallResources,
      Publish: { ...Publish, Properties: { ...Publish.Properties, Code: { S3Key: 'x.zip' } } },
    },
    'no bundle x.zip',
  ],
  [
    'a target that is neither queue nor function',
    rule({ ScheduleExpression: 'rate(1 day)', Targets: [{ Arn: 'arn:x' }] }),
    'no queue and no function for arn:x',
  ],
  [
    'a shaped input',
    rule({ EventPattern: {}, Targets: [{ Arn: { 'Fn::GetAtt': ['Uploads', 'Arn'] }, InputPath: '$' }] }),
    'fixed input only (Tick',
  ],
  ['a strange schedule', rule({ ScheduleExpression: 'rate(1 moon)' }), 'schedule rate(1 moon)'],
  ['a strange pattern', rule({ EventPattern: { source: [{ cidr: 'x' }] } }), 'cidr'],
  [
    'a property of the wrong kind',
    { ...smallResources, DeadLetters: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: {} } } },
    'does not understand DeadLetters',
  ],
];

test.each(refused)('%s is refused in plain words', (_what, resources, words) => {
  expect(() => planOf(resources)).toThrow(words);
  expect(() => planOf(resources)).toThrow(expect.objectContaining({ name: 'TemplateRefused' }));
});

test('a rule that is switched off is left out', () => {
  expect(planOf(rule({ State: 'DISABLED', ScheduleExpression: 'rate(1 day)' })).rules).toHaveLength(1);
});
