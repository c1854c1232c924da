import { expect, test } from 'vitest';
import { planStack } from '../../../../infra/local/stack/plan-stack.ts';
import { readAssembly } from '../../../../infra/local/template/read-assembly.ts';
import { createTemporaryFolder } from '../create-function-plan.ts';
import { smallAppResources, writeSmallAppAssembly } from '../small-app.ts';

const planOf = (resources: object, secrets: Record<string, string> = {}) => {
  const folder = createTemporaryFolder();
  writeSmallAppAssembly(folder, resources);
  return planStack(readAssembly(folder), {
    toQueueUrl: (name) => `http://127.0.0.1:1/000000000000/${name}`,
    siteHost: '127.0.0.1:8080',
    secrets,
  });
};

test('the resources of a template are planned', () => {
  const plan = planOf(smallAppResources);
  expect(plan.buckets).toEqual([
    { name: 'seeds', sendsEventsToEventBridge: true },
    { name: 'site', sendsEventsToEventBridge: false },
    { name: 'internal', sendsEventsToEventBridge: false },
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
      timeoutSeconds: 10,
      memoryMb: 128,
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
  expect(plan.distributions).toMatchObject([
    {
      defaultRootObject: 'index.html',
      errors: [{ code: 404, status: 404, page: '/404.html', cachedSeconds: 0 }],
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

const { Publish, Tick } = smallAppResources;
const rule = (properties: object) => ({ ...smallAppResources, Tick: { ...Tick, Properties: properties } });
const refused: [string, object, string][] = [
  [
    'an unknown type',
    { ...smallAppResources, Strange: { Type: 'AWS::Kinesis::Stream' } },
    'AWS::Kinesis::Stream (Strange',
  ],
  ['a condition', { ...smallAppResources, Site: { Type: 'AWS::S3::Bucket', Condition: 'C' } }, 'conditions (Site'],
  [
    'another runtime',
    {
      ...smallAppResources,
      Publish: { ...Publish, Properties: { ...Publish.Properties, Runtime: 'python3.13' } },
    },
    'python3.13 (Publish',
  ],
  [
    'a bundle that is not there',
    {
      ...smallAppResources,
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
    'an input transformer',
    rule({ EventPattern: {}, Targets: [{ Arn: { 'Fn::GetAtt': ['Uploads', 'Arn'] }, InputPath: '$' }] }),
    'fixed input only (Tick',
  ],
  ['a strange schedule', rule({ ScheduleExpression: 'rate(1 moon)' }), 'schedule rate(1 moon)'],
  ['a strange pattern', rule({ EventPattern: { source: [{ cidr: 'x' }] } }), 'cidr'],
  [
    'a property of the wrong kind',
    { ...smallAppResources, DeadLetters: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: {} } } },
    'does not understand DeadLetters',
  ],
];

test.each(refused)('%s is refused with a message', (_what, resources, words) => {
  expect(() => planOf(resources)).toThrow(words);
  expect(() => planOf(resources)).toThrow(expect.objectContaining({ name: 'UnsupportedTemplateError' }));
});

const attribute = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] });
const newsletter = {
  ...smallAppResources,
  SesEvents: {
    Type: 'AWS::Events::Rule',
    Properties: { EventPattern: { source: ['aws.ses'] }, Targets: [{ Arn: attribute('Publish', 'Arn') }] },
  },
  Retries: {
    Type: 'AWS::Lambda::EventInvokeConfig',
    Properties: { FunctionName: { Ref: 'Publish' }, MaximumRetryAttempts: 1 },
  },
  Mornings: {
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      ScheduleExpression: 'cron(0 7 * * ? *)',
      ScheduleExpressionTimezone: 'Europe/Lisbon',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: attribute('Uploads', 'Arn'),
        RoleArn: attribute('Role', 'Arn'),
        Input: '{"time":"<aws.scheduler.scheduled-time>"}',
      },
    },
  },
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'Api', ProtocolType: 'HTTP' } },
  Stage: {
    Type: 'AWS::ApiGatewayV2::Stage',
    Properties: {
      ApiId: { Ref: 'Api' },
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 9 },
    },
  },
  Integration: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      ApiId: { Ref: 'Api' },
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: attribute('Publish', 'Arn'),
      PayloadFormatVersion: '2.0',
    },
  },
  Route: {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      ApiId: { Ref: 'Api' },
      RouteKey: '$default',
      Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] },
    },
  },
  Forwarded: {
    Type: 'AWS::CloudFront::OriginRequestPolicy',
    Properties: {
      OriginRequestPolicyConfig: {
        CookiesConfig: { CookieBehavior: 'none' },
        HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['CloudFront-Viewer-Address'] },
        QueryStringsConfig: { QueryStringBehavior: 'all' },
      },
    },
  },
  Sender: { Type: 'AWS::SES::EmailIdentity', Properties: { EmailIdentity: 'editor@news.example' } },
  Distribution: {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: {
        Origins: [
          { Id: 'o', DomainName: attribute('Site', 'RegionalDomainName') },
          {
            Id: 'api',
            DomainName: { 'Fn::Select': [2, { 'Fn::Split': ['/', attribute('Api', 'ApiEndpoint')] }] },
            OriginCustomHeaders: [{ HeaderName: 'X-Edge', HeaderValue: 'key' }],
          },
        ],
        DefaultCacheBehavior: { TargetOriginId: 'o' },
        CacheBehaviors: [
          {
            PathPattern: '/readers*',
            TargetOriginId: 'api',
            Compress: true,
            AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
            CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
            OriginRequestPolicyId: { Ref: 'Forwarded' },
          },
        ],
      },
    },
  },
};

test('schedules, invocations of functions and an HTTP API are planned', () => {
  const plan = planOf(newsletter);
  const queue = 'invocations-of-publish';
  expect(plan.rules).toContainEqual(
    expect.objectContaining({
      name: 'ses-events',
      targets: [{ arn: 'arn:aws:lambda:us-east-1:000000000000:function:publish', queue, function: 'publish' }],
    }),
  );
  expect(plan.queues).toContainEqual(
    expect.objectContaining({ name: queue, deadLetters: { queue: 'failed-invocations', maxReceives: 2 } }),
  );
  expect(plan.mappings).toContainEqual(
    expect.objectContaining({ queue, function: 'publish', batchSize: 1, isInvocation: true }),
  );
  expect(plan.schedules).toMatchObject([
    { name: 'mornings', timeZone: 'Europe/Lisbon', target: { queue: 'uploads', input: expect.any(String) } },
  ]);
  expect(plan.apis).toMatchObject([
    {
      name: 'api',
      routes: [{ key: '$default', function: 'publish' }],
      throttle: { perSecond: 5, capacity: 9 },
    },
  ]);
  expect(plan.distributions[0]?.behaviours).toMatchObject([
    {
      pathPattern: '/readers*',
      origin: { kind: 'api', api: 'api', path: '', headers: { 'x-edge': 'key' } },
      forward: {
        headers: { kind: 'some', names: ['cloudfront-viewer-address'] },
        queries: { kind: 'all' },
        cookies: { kind: 'some', names: [] },
      },
      encodings: [],
    },
    { pathPattern: '*', origin: { kind: 'bucket', bucket: 'site' } },
  ]);
});

test('an API without a stage, an unknown time zone and a missing secret are refused', () => {
  const { Stage: _stage, ...unstaged } = newsletter;
  expect(() => planOf(unstaged)).toThrow('HTTP API Api in the template has no stage');
  const { Mornings } = newsletter;
  const odd = {
    ...Mornings,
    Properties: { ...Mornings.Properties, ScheduleExpressionTimezone: 'Mars/Base' },
  };
  expect(() => planOf({ ...newsletter, Mornings: odd })).toThrow('time zone Mars/Base');
  const Environment = { Variables: { SMTP_SECRET: '{{resolve:secretsmanager:seedpress/smtp}}' } };
  const secret = { ...Publish, Properties: { ...Publish.Properties, Environment } };
  expect(() => planOf({ ...smallAppResources, Publish: secret })).toThrow('SMTP_SECRET=… npm start');
  const given = planOf({ ...smallAppResources, Publish: secret }, { SMTP_SECRET: 'smtp://127.0.0.1:1025' });
  expect(given.functions[0]?.environment.SMTP_SECRET).toBe('smtp://127.0.0.1:1025');
});

test('a disabled rule is not planned', () => {
  expect(planOf(rule({ State: 'DISABLED', ScheduleExpression: 'rate(1 day)' })).rules).toHaveLength(1);
});
