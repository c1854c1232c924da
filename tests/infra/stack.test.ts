import { globSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  batchesPerInvocation,
  codecFiles,
  composeTimeoutSeconds,
  deliverTimeoutSeconds,
  environmentVariables,
  feedbackTimeoutSeconds,
  fontFiles,
  pictureWorkerModule,
  publishTimeoutSeconds,
  templatesFile,
} from '../../functions/platform/contract.ts';
import { compileTemplates } from '../../infra/templates.ts';
import { precompileTemplates } from '../../infra/theme/precompile-templates.ts';
import { requestBuild } from '../request-build.ts';
import { listPolicies } from './list-policies.ts';
import { readSynthesizedStack, synthesizeStack } from './synthesize-stack.ts';

const stack = await synthesizeStack();
/** With the settings of cdk.json as they are, checked by the rules, in a process that synthesizes others. */
const checkedStack = readSynthesizedStack(await requestBuild('assembly', '{}'));

const root = new URL('../../', import.meta.url);
/** One for each Lambda. */
const files = () => globSync('functions/*.ts', { cwd: root });
const arn = (name: string) => ({ 'Fn::GetAtt': [name, 'Arn'] });

describe('the stack', () => {
  it('has no custom resources: no code but that of functions/', () => {
    const foreign = [...stack.resources.values()]
      .map(({ Type }) => Type)
      .filter((type) => !type.startsWith('AWS::') || type.startsWith('AWS::CloudFormation::'));
    expect(foreign).toEqual([]);
  });

  it('has no cycle of dependencies: CloudFormation would refuse it, CDK does not', () => {
    const waitsFor = new Map(
      [...stack.resources].map(([name, { Properties, DependsOn }]) => {
        const text = JSON.stringify(Properties);
        const named = [...text.matchAll(/"(?:Ref":|Fn::GetAtt":\[)"(\w+)"/g)].map(([, other = '']) => other);
        return [name, new Set([...named, ...DependsOn].filter((other) => stack.resources.has(other)))];
      }),
    );
    // Those that wait for nobody are made first, then those that waited for them, until nobody is left.
    for (let made = ['']; made.length > 0; ) {
      made = [...waitsFor].flatMap(([name, others]) => (others.size === 0 ? [name] : []));
      for (const name of made) waitsFor.delete(name);
      for (const others of waitsFor.values()) for (const name of made) others.delete(name);
    }
    expect([...waitsFor.keys()]).toEqual([]);
  });

  it('is the same at each synthesis', () => {
    expect(checkedStack.text).toBe(stack.text);
  });

  it('breaks no rule of CloudFormation or cdk-nag, and has a reason for each exception', () => {
    const report = z.object({ pluginReports: z.array(z.unknown()) });
    expect(report.parse(readJson('validation-report.json')).pluginReports).toEqual([]);
    const exceptions = z
      .record(z.string(), z.object({ type: z.string(), data: z.unknown() }).array())
      .parse(readJson('Seedpress.metadata.json'));
    const reasons = Object.values(exceptions)
      .flat()
      .filter(({ type }) => type === 'aws:cdk:acknowledged-rules')
      .flatMap(({ data }) => Object.entries(z.record(z.string(), z.string().min(20)).parse(data)))
      .map(([rule]) => rule.replace(/^.*AwsSolutions-/, '').replace(/<(\w+?)[0-9A-F]{8}\.Arn>/, '$1'));
    expect(reasons.sort()).toEqual([
      'APIG1',
      'APIG4',
      'CFR1',
      'CFR2',
      'CFR3',
      'CFR4',
      // Traces of each function, and what belongs to the account in SES for those that mail.
      ...[...files(), 'subscriptions', 'compose-issue', 'deliver'].map(() => 'IAM5[Resource::*]'),
      'IAM5[Resource::PublishingInternal/bodies/*]',
      'IAM5[Resource::PublishingInternal/bodies/*]',
      'IAM5[Resource::PublishingInternal/drafts/*]',
      'IAM5[Resource::PublishingInternal/drafts/*]',
      'IAM5[Resource::PublishingInternal/erasures/*]',
      'IAM5[Resource::PublishingInternal/issues/*]',
      'IAM5[Resource::PublishingInternal/issues/*]',
      'IAM5[Resource::PublishingInternal/issues/*]',
      'IAM5[Resource::PublishingInternal/ledger/*]',
      'IAM5[Resource::PublishingInternal/notices/*]',
      'IAM5[Resource::PublishingInternal/rejections/*]',
      'IAM5[Resource::PublishingSeeds/*]',
      'IAM5[Resource::PublishingSeeds/*]',
      'IAM5[Resource::SiteBucket/*]',
      'IAM5[Resource::SiteBucket/cards/*]',
      'IAM5[Resource::SiteBucket/issues/*]',
      'IAM5[Resource::SiteBucket/issues/*]',
      'IAM5[Resource::SiteBucket/pictures/*]',
      'IAM5[Resource::SiteBucket/search/*]',
      'IAM5[Resource::arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:template/*]',
      'S1',
    ]);
  });
});

const readJson = (file: string): unknown => JSON.parse(readFileSync(join(checkedStack.outdir, file), 'utf8'));

const target = z.object({
  Arn: z.object({ 'Fn::GetAtt': z.string().array() }),
  DeadLetterConfig: z.object({ Arn: z.json() }),
});

describe('buckets, table and queues', () => {
  it('every bucket blocks public access', () => {
    const buckets = stack.listByType('AWS::S3::Bucket');
    expect(buckets).toHaveLength(3);
    for (const [name, properties] of buckets) {
      expect(properties, name).toMatchObject({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      });
    }
  });

  it('only the seeds bucket emits object events, so that no write of ours triggers us again', () => {
    const telling = stack
      .listByType('AWS::S3::Bucket')
      .filter(([, { NotificationConfiguration }]) => NotificationConfiguration)
      .map(([name, properties]) => [name, properties.VersioningConfiguration]);
    expect(telling).toEqual([[expect.stringContaining('Seeds'), { Status: 'Enabled' }]]);
  });

  it('the table can be restored to any point in time and is protected against deletion', () => {
    const tables = stack.listByType('AWS::DynamoDB::Table');
    expect(tables).toHaveLength(1);
    for (const [, properties] of tables) {
      expect(properties).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      });
    }
  });

  it('every queue has a dead-letter queue or is one, and keeps messages for two weeks', () => {
    const queues = stack.listByType('AWS::SQS::Queue');
    const redrives = queues.flatMap(([, { RedrivePolicy }]) => (RedrivePolicy ? [RedrivePolicy] : []));
    const isDeadLetters = (name: string) =>
      redrives.some((redrive) => JSON.stringify(redrive).includes(JSON.stringify(arn(name))));
    for (const [name, { RedrivePolicy, MessageRetentionPeriod }] of queues) {
      expect(RedrivePolicy !== undefined || isDeadLetters(name), name).toBe(true);
      expect(MessageRetentionPeriod, name).toBe(14 * 24 * 3600);
    }
  });

  it('every rule and schedule delivers to a queue, and undeliverable events to its dead letters', () => {
    // What SES says of the account goes to the topic of the alarms, and pictures are looked for every minute.
    const rules = stack
      .listByType('AWS::Events::Rule')
      .filter(([name]) => !/SendingStatus|PicturesRequests/.test(name))
      .flatMap(([, { Targets }]) => target.array().parse(Targets));
    const schedules = stack.listByType('AWS::Scheduler::Schedule').map(([, { Target }]) => target.parse(Target));
    expect([rules.length, schedules.length]).toEqual([5, 2]);
    for (const { Arn, DeadLetterConfig } of [...rules, ...schedules]) {
      const [queue = ''] = Arn['Fn::GetAtt'];
      expect(stack.resources.get(queue)?.Properties.RedrivePolicy).toMatchObject({
        deadLetterTargetArn: DeadLetterConfig.Arn,
      });
    }
  });
});

/** What each call of the adapters needs; `s3:ListBucket` besides makes a missing object a 404. */
const actionsOf: Readonly<Record<string, readonly string[]>> = {
  HeadObjectCommand: ['s3:GetObject'],
  GetObjectCommand: ['s3:GetObject'],
  CopyObjectCommand: ['s3:GetObject', 's3:PutObject'],
  PutObjectCommand: ['s3:PutObject'],
  DeleteObjectCommand: ['s3:DeleteObject'],
  SendMessageCommand: ['sqs:SendMessage'],
  SendMessageBatchCommand: ['sqs:SendMessage'],
  SendEmailCommand: ['ses:SendEmail'],
  SendBulkEmailCommand: ['ses:SendBulkEmail', 'ses:SendBulkTemplatedEmail'],
  GetAccountCommand: ['ses:GetAccount'],
  DeleteSuppressedDestinationCommand: ['ses:DeleteSuppressedDestination'],
  paginateListSuppressedDestinations: ['ses:ListSuppressedDestinations'],
  GetCommand: ['dynamodb:GetItem'],
  PutCommand: ['dynamodb:PutItem'],
  UpdateCommand: ['dynamodb:UpdateItem'],
  DeleteCommand: ['dynamodb:DeleteItem'],
  BatchGetCommand: ['dynamodb:BatchGetItem'],
  BatchWriteCommand: ['dynamodb:BatchWriteItem'],
  QueryCommand: ['dynamodb:Query'],
  paginateListObjectsV2: ['s3:ListBucket'],
  paginateQuery: ['dynamodb:Query'],
};

/** What Lambda does in the function's name: takes messages, keeps its log and passes traces on. */
const forTheRuntime = [
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'sqs:ReceiveMessage',
  'sqs:ChangeMessageVisibility',
  'sqs:GetQueueUrl',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
];

describe('permissions', () => {
  it('no action has a wildcard, and resources have one only for object keys and for mails without a stored template', () => {
    const allowed = listPolicies(stack, 'AWS::IAM::Policy').flatMap(({ statements }) => statements);
    expect(allowed.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([]);
    // IAM knows no narrower name for these: the account's quota and suppression list, and traces.
    const everywhere = allowed.filter(({ Resource }) => Resource.includes('*'));
    expect([...new Set(everywhere.flatMap(({ Action }) => Action))].sort()).toEqual([
      'ses:DeleteSuppressedDestination',
      'ses:GetAccount',
      'ses:ListSuppressedDestinations',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ]);
    const wild = allowed
      .filter((each) => !everywhere.includes(each))
      .flatMap(({ Resource }) => Resource.map((one) => JSON.stringify(one)));
    const tails = wild.filter((text) => text.includes('*')).map((text) => /"([^"]*\*[^"]*)"/.exec(text)?.[1]);
    expect(tails.sort()).toEqual([
      '/*',
      '/*',
      '/*',
      '/bodies/*',
      '/bodies/*',
      '/cards/*',
      '/drafts/*',
      '/drafts/*',
      '/erasures/*',
      '/issues/*',
      '/issues/*',
      '/issues/*',
      '/issues/*',
      '/issues/*',
      '/ledger/*',
      '/notices/*',
      '/pictures/*',
      '/rejections/*',
      '/search/*',
      ':template/*',
    ]);
  });

  it('let publish and resize-picture decrypt uploads with the key of the settings', async () => {
    const uploadsKey = 'arn:aws:kms:eu-west-1:123456789012:key/0ab1';
    const found = listPolicies(await synthesizeStack({ uploadsKey }), 'AWS::IAM::Policy').flatMap(
      ({ name, statements }) =>
        statements.filter(({ Action }) => Action.includes('kms:Decrypt')).map(({ Resource }) => [name, Resource]),
    );
    expect(found.map(([, resource]) => resource)).toEqual([[uploadsKey], [uploadsKey]]);
    expect(found.map(([name]) => /Publish$|Publish(?=Role)|ResizePicture/.exec(String(name))?.[0]).sort()).toEqual([
      'Publish',
      'ResizePicture',
    ]);
    expect(stack.text).not.toContain('"kms:');
  });

  it('are exactly those that the adapters need', () => {
    const sources = globSync('functions/adapters/**/*.ts', { cwd: root }).map((file) =>
      readFileSync(new URL(file, root), 'utf8'),
    );
    const calls = sources.flatMap((source) => source.match(/(?<=new )\w+Command(?=\()|paginate\w+(?=\()/g) ?? []);
    const needed = new Set(calls.flatMap((call) => actionsOf[call] ?? [`unknown to this test: ${call}`]));
    const allowed = listPolicies(stack, 'AWS::IAM::Policy').flatMap(({ statements }) =>
      statements.flatMap(({ Action }) => Action),
    );
    const ours = allowed.filter((action) => !forTheRuntime.includes(action));
    expect([...new Set(ours)].sort()).toEqual([...needed].sort());
  });

  it('to read objects of a bucket comes with that to list it: otherwise S3 answers 403 for a missing object', () => {
    const bucketsOf = (resources: readonly unknown[]) =>
      new Set(resources.flatMap((resource) => JSON.stringify(resource).match(/(?<="Fn::GetAtt":\[")\w+/g) ?? []));
    let readers = 0;
    for (const { name, statements } of listPolicies(stack, 'AWS::IAM::Policy')) {
      const resourcesOf = (action: string) =>
        bucketsOf(statements.flatMap(({ Action, Resource }) => (Action.includes(action) ? Resource : [])));
      const read = resourcesOf('s3:GetObject');
      expect(resourcesOf('s3:ListBucket'), name).toEqual(read);
      readers += read.size > 0 ? 1 : 0;
    }
    expect(readers).toBe(5);
  });

  it('of publish, which reads what strangers wrote, do not extend to readers', () => {
    const [policy] = listPolicies(stack, 'AWS::IAM::Policy').filter(({ name }) => name.startsWith('PublishingPublish'));
    const onTable = policy?.statements.filter(({ Action }) => Action.some((action) => action.startsWith('dynamodb:')));
    expect(onTable?.map(({ Condition }) => Condition)).toEqual([
      {
        'ForAllValues:StringNotLike': {
          'dynamodb:LeadingKeys': ['SUBSCRIBER#*', 'BATCHES#*', 'FEEDBACK#*', 'TOKEN_KEYS*'],
        },
      },
    ]);
    expect(JSON.stringify(onTable)).not.toContain('index/');
  });

  it('the public can read the site through CloudFront only', () => {
    const strangers = listPolicies(stack, 'AWS::S3::BucketPolicy').flatMap(({ statements }) =>
      statements.filter(({ Effect }) => Effect === 'Allow'),
    );
    expect(strangers).toEqual([
      expect.objectContaining({
        Action: ['s3:GetObject'],
        Condition: { StringEquals: { 'AWS:SourceArn': expect.anything() } },
      }),
    ]);
  });
});

const mapping = z.object({
  BatchSize: z.number(),
  ScalingConfig: z.object({ MaximumConcurrency: z.number() }).optional(),
  EventSourceArn: z.object({ 'Fn::GetAtt': z.string().array() }),
  FunctionName: z.object({ Ref: z.string() }),
  FunctionResponseTypes: z.tuple([z.literal('ReportBatchItemFailures')]),
});

/** Functions that make no document. */
const withoutTemplates = 3;

describe('functions', () => {
  it('are as many as there are files in functions/', () => {
    expect(stack.listByType('AWS::Lambda::Function')).toHaveLength(files().length);
  });

  it('run on arm64 and Node 24, and are traced', () => {
    for (const [name, properties] of stack.listByType('AWS::Lambda::Function')) {
      expect(properties, name).toMatchObject({
        Architectures: ['arm64'],
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        TracingConfig: { Mode: 'Active' },
      });
    }
  });

  it('get exactly the variables of the contract', () => {
    const given = stack
      .listByType('AWS::Lambda::Function')
      .flatMap(([, { Environment }]) =>
        Object.keys(z.object({ Variables: z.record(z.string(), z.unknown()) }).parse(Environment).Variables),
      );
    const named = Object.values(environmentVariables);
    // Only those who mail by SMTP have its address to tell.
    const expected = named.filter((name) => name !== environmentVariables.smtpAddress);
    expect([...new Set(given)].sort()).toEqual(expected.sort());
  });

  it('report which messages failed, within the visibility timeout', () => {
    const mappings = stack
      .listByType('AWS::Lambda::EventSourceMapping')
      .map(([, properties]) => mapping.parse(properties));
    const fed = mappings.map(({ BatchSize, ScalingConfig, EventSourceArn, FunctionName }) => {
      const [queue = ''] = EventSourceArn['Fn::GetAtt'];
      const timeout = stack.resources.get(FunctionName.Ref)?.Properties.Timeout;
      expect(stack.resources.get(queue)?.Properties.VisibilityTimeout, queue).toBe(6 * Number(timeout));
      return [queue.replace(/[0-9A-F]{8}$/, ''), timeout, BatchSize, ScalingConfig?.MaximumConcurrency];
    });
    expect(fed.sort()).toEqual([
      ['NewsletterDeliveriesQueue', deliverTimeoutSeconds, batchesPerInvocation, 3],
      ['NewsletterFeedbackEventsQueue', feedbackTimeoutSeconds, 10, undefined],
      ['NewsletterIssuesQueue', composeTimeoutSeconds, 1, undefined],
      ['PublishingUploadsQueue', publishTimeoutSeconds, 10, 3],
    ]);
  });

  it('may send messages that lead back to them, which Lambda would stop after some 16, and no other may', () => {
    const consumers = new Map(
      stack.listByType('AWS::Lambda::EventSourceMapping').map(([, properties]) => {
        const { EventSourceArn, FunctionName } = mapping.parse(properties);
        return [EventSourceArn['Fn::GetAtt'][0] ?? '', FunctionName.Ref];
      }),
    );
    const roleSchema = z.object({ Role: z.object({ 'Fn::GetAtt': z.string().array() }) });
    const policies = listPolicies(stack, 'AWS::IAM::Policy');
    const listTargets = (name: string): string[] => {
      const [role] = roleSchema.parse(stack.resources.get(name)?.Properties).Role['Fn::GetAtt'];
      return policies
        .filter(({ properties }) => JSON.stringify(properties.Roles).includes(`"${role}"`))
        .flatMap(({ statements }) => statements.filter(({ Action }) => Action.includes('sqs:SendMessage')))
        .flatMap(({ Resource }) => Resource)
        .flatMap((resource) => {
          const [queue = ''] = z.object({ 'Fn::GetAtt': z.string().array() }).parse(resource)['Fn::GetAtt'];
          return consumers.get(queue) ?? [];
        });
    };
    const listReached = (name: string): Set<string> => {
      const reached = new Set<string>();
      for (let next = listTargets(name); next.length > 0; next = next.flatMap(listTargets)) {
        next = next.filter((target) => !reached.has(target));
        for (const target of next) reached.add(target);
      }
      return reached;
    };
    const functions = stack.listByType('AWS::Lambda::Function');
    for (const [name, { RecursiveLoop }] of functions)
      expect(RecursiveLoop, name).toBe(listReached(name).has(name) ? 'Allow' : 'Terminate');
    expect(functions.filter(([, { RecursiveLoop }]) => RecursiveLoop === 'Allow')).toHaveLength(3);
  });

  it('have the compiled templates that they need, and a small bundle without mjml that starts by itself', async () => {
    const bundles = readdirSync(stack.outdir).filter((name) => name.startsWith('asset.'));
    expect(bundles).toHaveLength(files().length);
    const compiled = precompileTemplates(await compileTemplates(new URL('templates/', root)));
    let bare = 0;
    for (const bundle of bundles) {
      const folder = join(stack.outdir, bundle);
      const code = join(folder, 'index.mjs');
      if (readFileSync(code, 'utf8').includes(templatesFile))
        expect(JSON.parse(readFileSync(join(folder, templatesFile), 'utf8'))).toEqual(compiled);
      else {
        const beside = readdirSync(folder).filter((name) => name !== 'index.mjs');
        const resizing = [...Object.keys(codecFiles), ...Object.keys(fontFiles), `${pictureWorkerModule}.mjs`].sort();
        expect(beside).toEqual(beside.length > 0 ? resizing : []);
        bare += 1;
      }
      expect(statSync(code).size).toBeLessThan(4_000_000);
      expect(readFileSync(code, 'utf8')).not.toMatch(/mj-(section|column|body)/);
      expect(await import(code)).toHaveProperty('handler', expect.any(Function));
    }
    expect(bare).toBe(withoutTemplates);
  });
});
