import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { listDenied, listPolicies } from './list-policies.ts';
import { synthesizeStack } from './synthesize-stack.ts';

const sender = { name: 'The Gazette', email: 'editor@gazette.example' };

/** Ways to set a publication up that make different resources. */
const stacks = {
  'as it comes': await synthesizeStack(),
  'with a domain': await synthesizeStack({
    sender,
    site: 'www.gazette.example',
    domain: { hostedZoneId: 'Z1', zoneName: 'gazette.example' },
  }),
  'with mail by SMTP': await synthesizeStack({ newsletter: { mailer: 'smtp' } }),
};

/** What each kind that keeps anything says of its encryption; `nothing` where the service encrypts whatever is said. */
const encryption: Readonly<Record<string, (properties: Readonly<Record<string, unknown>>) => unknown>> = {
  'AWS::S3::Bucket': ({ BucketEncryption }) => BucketEncryption,
  'AWS::SQS::Queue': ({ SqsManagedSseEnabled }) => SqsManagedSseEnabled,
  'AWS::DynamoDB::Table': ({ SSESpecification }) => SSESpecification ?? 'nothing',
  'AWS::Logs::LogGroup': ({ KmsKeyId }) => KmsKeyId ?? 'nothing',
  'AWS::Lambda::Function': ({ KmsKeyArn }) => KmsKeyArn ?? 'nothing',
};

/** Kinds that keep nothing but what this template says of them. */
const keepsNothing =
  /^AWS::(IAM|Events|Scheduler|CloudWatch|CloudFront|ApiGatewayV2|SES|Route53|CertificateManager)::|^AWS::Lambda::(Permission|EventSourceMapping|EventInvokeConfig)$|Policy$/;
/** An alarm's text passes through it, and is no secret. */
const passesOn = ['AWS::SNS::Topic', 'AWS::SNS::Subscription'];

describe.each(Object.entries(stacks))('a publication %s', (how, stack) => {
  const mailActions = how === 'with mail by SMTP' ? [] : ['ses'];
  const namesOf = (type: string) =>
    stack
      .listByType(type)
      .map(([name]) => name)
      .sort();

  it('stores data only in resources that are encrypted at rest', () => {
    const kinds = [...new Set([...stack.resources.values()].map(({ Type }) => Type))];
    const keeping = kinds.filter((type) => !keepsNothing.test(type) && !passesOn.includes(type));
    expect(keeping.sort()).toEqual(Object.keys(encryption).sort());
    const said = keeping.map((type) => [
      type,
      [...new Set(stack.listByType(type).map(([, properties]) => JSON.stringify(encryption[type]?.(properties))))],
    ]);
    const byBucket = [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }];
    expect(Object.fromEntries(said)).toEqual({
      'AWS::S3::Bucket': [JSON.stringify({ ServerSideEncryptionConfiguration: byBucket })],
      'AWS::SQS::Queue': ['true'],
      'AWS::DynamoDB::Table': ['"nothing"'],
      'AWS::Logs::LogGroup': ['"nothing"'],
      'AWS::Lambda::Function': ['"nothing"'],
    });
  });

  it('takes no more of the 20 response headers policies of an account than docs/deploying.md says', () => {
    expect(namesOf('AWS::CloudFront::ResponseHeadersPolicy')).toHaveLength(6);
    expect(namesOf('AWS::CloudFront::CachePolicy')).toHaveLength(1);
    expect(namesOf('AWS::CloudFront::OriginRequestPolicy')).toHaveLength(1);
  });

  it('lets functions call only services whose calls the local run checks', () => {
    const actions = listPolicies(stack, 'AWS::IAM::Policy').flatMap(({ statements }) =>
      statements.flatMap(({ Action }) => Action.map((action) => action.replace(/:.*/, ''))),
    );
    expect([...new Set(actions)].sort()).toEqual(['dynamodb', 'logs', 's3', ...mailActions, 'sqs', 'xray']);
  });

  it('requires TLS: for buckets from version 1.2, for queues and for topics', () => {
    const withoutTls = { Bool: { 'aws:SecureTransport': 'false' } };
    for (const [policy, target, type] of [
      ['AWS::S3::BucketPolicy', 'Bucket', 'AWS::S3::Bucket'],
      ['AWS::SQS::QueuePolicy', 'Queues', 'AWS::SQS::Queue'],
      ['AWS::SNS::TopicPolicy', 'Topics', 'AWS::SNS::Topic'],
    ] as const) {
      expect(namesOf(type)).not.toEqual([]);
      expect(listDenied(listPolicies(stack, policy), target, withoutTls)).toEqual(namesOf(type));
    }
    const oldTls = { NumericLessThan: { 's3:TlsVersion': 1.2 } };
    expect(listDenied(listPolicies(stack, 'AWS::S3::BucketPolicy'), 'Bucket', oldTls)).toEqual(
      namesOf('AWS::S3::Bucket'),
    );
  });

  it('allows access besides its roles only to AWS services on behalf of its own resources', () => {
    const allowed = ['AWS::S3::BucketPolicy', 'AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy']
      .flatMap((type) => listPolicies(stack, type))
      .flatMap(({ statements }) => statements.filter(({ Effect }) => Effect === 'Allow'));
    const principals = allowed.map(({ Principal }) => JSON.stringify(Principal));
    expect([...new Set(principals)].sort()).toEqual([
      '{"Service":"cloudfront.amazonaws.com"}',
      '{"Service":"cloudwatch.amazonaws.com"}',
      '{"Service":"events.amazonaws.com"}',
    ]);
    for (const { Condition, Principal } of allowed) {
      // Alarms depend on the topic, so its policy cannot name them.
      if (JSON.stringify(Principal).includes('cloudwatch')) {
        expect(Condition).toMatchObject({ StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } });
        continue;
      }
      const named = [...JSON.stringify(Condition).matchAll(/"(?:Ref":|Fn::GetAtt":\[)"(\w+)"/g)];
      expect(named.filter(([, name = '']) => stack.resources.has(name))).toHaveLength(1);
    }
    const callers = [...namesOf('AWS::ApiGatewayV2::Api'), ...namesOf('AWS::Events::Rule')];
    for (const [, { SourceArn }] of stack.listByType('AWS::Lambda::Permission')) {
      const [source, ...others] = JSON.stringify(SourceArn).matchAll(/"(?:Ref":|Fn::GetAtt":\[)"(\w+)"/g);
      expect(others).toEqual([]);
      expect(callers).toContain(source?.[1]);
    }
  });

  it('has a role for each function, with no more than its policies', () => {
    const trust = z.object({
      AssumeRolePolicyDocument: z.object({
        Statement: z.tuple([z.object({ Principal: z.object({ Service: z.string() }) })]),
      }),
      Policies: z.undefined().optional(),
      ManagedPolicyArns: z.undefined().optional(),
    });
    const services = stack
      .listByType('AWS::IAM::Role')
      .map(([, role]) => trust.parse(role).AssumeRolePolicyDocument.Statement[0].Principal.Service);
    const functions = namesOf('AWS::Lambda::Function').map(() => 'lambda.amazonaws.com');
    expect(services.sort()).toEqual([...functions, 'scheduler.amazonaws.com']);
  });

  it('has a log for each function, kept for ninety days', () => {
    const logging = z.object({ LoggingConfig: z.object({ LogGroup: z.object({ Ref: z.string() }) }) });
    const logs = stack
      .listByType('AWS::Lambda::Function')
      .map(([, properties]) => logging.parse(properties).LoggingConfig.LogGroup.Ref);
    expect(logs.sort()).toEqual(namesOf('AWS::Logs::LogGroup'));
    for (const log of logs) expect(stack.resources.get(log)?.Properties.RetentionInDays, log).toBe(90);
  });

  it('keeps buckets and table when the stack is deleted or has to replace them, and nothing else', () => {
    const kept = [...stack.resources].filter(
      ([, { DeletionPolicy, UpdateReplacePolicy }]) => DeletionPolicy === 'Retain' && UpdateReplacePolicy === 'Retain',
    );
    expect(kept.map(([name]) => name).sort()).toEqual(
      [...namesOf('AWS::S3::Bucket'), ...namesOf('AWS::DynamoDB::Table')].sort(),
    );
    expect(kept).toHaveLength(4);
    const halfKept = [...stack.resources.values()].filter(
      ({ DeletionPolicy, UpdateReplacePolicy }) => DeletionPolicy !== UpdateReplacePolicy,
    );
    expect(halfKept).toEqual([]);
  });
});
