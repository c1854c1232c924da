import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The bundle of a tiny publisher: it puts what is uploaded into the site bucket, in capitals. Words in a body make
 * it fail in one way or another, and the key `slow` takes longer than the second between two progress reports.
 */
const publisherSource = `
const { SEEDS_BUCKET, SITE_BUCKET, INTERNAL_BUCKET, SITE_ADDRESS, AWS_ENDPOINT_URL_S3: s3, AWS_ACCESS_KEY_ID: id } = process.env;
const authorization = 'AWS4-HMAC-SHA256 Credential=' + id + '/20260101/us-east-1/s3/aws4_request';
const seen = new Map();
let calls = 0;
const call = async () => {
  calls += 1;
  if (calls === 1) throw new Error('not at first');
  await put(SITE_BUCKET, 'called', 'at call ' + calls, 'text/plain');
};
const put = async (bucket, key, body, type) => {
  const headers = { authorization, 'content-type': type };
  const answer = await fetch(s3 + '/' + bucket + '/' + encodeURIComponent(key), { method: 'PUT', body, headers });
  if (!answer.ok) throw new Error(await answer.text());
};
const publish = async ({ 'detail-type': type, detail }) => {
  if (type === 'Scheduled Event') return put(SITE_BUCKET, 'ticked', SITE_ADDRESS, 'text/plain');
  const { key } = detail.object;
  if (key === 'slow') await new Promise((resolve) => setTimeout(resolve, 1500));
  const times = (seen.get(key) ?? 0) + 1;
  seen.set(key, times);
  if (type === 'Object Deleted') return put(SITE_BUCKET, key, 'withdrawn', 'text/plain');
  const read = await fetch(s3 + '/' + SEEDS_BUCKET + '/' + encodeURIComponent(key), { headers: { authorization } });
  if (!read.ok) throw new Error(await read.text());
  const text = await read.text();
  if (text === 'fails once' && times === 1) throw new Error('not yet');
  if (text === 'always fails') throw new Error('never');
  if (text === 'draft') return put(INTERNAL_BUCKET, 'notices/' + key + '.txt', key + ' is not public.', 'text/plain');
  if (text === 'refused') return put(INTERNAL_BUCKET, 'rejections/' + key + '.txt', key + ' was not published.', 'text/plain');
  await put(SITE_BUCKET, key, text.toUpperCase(), 'text/plain');
};
export const handler = async ({ Records }) => {
  if (!Records) return call();
  const batchItemFailures = [];
  for (const { messageId, body } of Records) {
    try { await publish(JSON.parse(body)); }
    catch (error) {
      console.log(JSON.stringify({ level: 'ERROR', message: 'failed', error: { name: error.name, message: error.message } }));
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
};`;

const buildBucket = (more: object = {}) => ({ Type: 'AWS::S3::Bucket', Properties: more });
const toArn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const toObjects = (bucket: string) => ({ 'Fn::Join': ['/', [toArn(bucket), '*']] });

/** A template with one of everything that the local run knows. */
export const smallAppResources = {
  Seeds: buildBucket({
    NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
  }),
  Site: buildBucket(),
  Internal: buildBucket(),
  DeadLetters: { Type: 'AWS::SQS::Queue', DeletionPolicy: 'Delete' },
  Uploads: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      VisibilityTimeout: 60,
      RedrivePolicy: { deadLetterTargetArn: toArn('DeadLetters'), maxReceiveCount: 3 },
    },
  },
  Table: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
        { AttributeName: 'recipientShard', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'recipients',
          KeySchema: [
            { AttributeName: 'recipientShard', KeyType: 'HASH' },
            { AttributeName: 'pk', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    },
  },
  Changed: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventPattern: {
        source: ['aws.s3'],
        'detail-type': ['Object Created', 'Object Deleted'],
        detail: { bucket: { name: [{ Ref: 'Seeds' }] } },
      },
      Targets: [{ Id: 'T', Arn: toArn('Uploads') }],
    },
  },
  Tick: {
    Type: 'AWS::Events::Rule',
    Properties: { ScheduleExpression: 'rate(1 minute)', Targets: [{ Id: 'T', Arn: toArn('Uploads') }] },
  },
  UploadsPolicy: {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: {
      Queues: [{ Ref: 'Uploads' }],
      PolicyDocument: {
        Statement: ['Changed', 'Tick'].map((rule) => ({
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: toArn('Uploads'),
          Condition: { ArnEquals: { 'aws:SourceArn': toArn(rule) } },
        })),
      },
    },
  },
  SitePolicy: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      Bucket: { Ref: 'Site' },
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'cloudfront.amazonaws.com' },
            Action: ['s3:GetObject'],
            Resource: toObjects('Site'),
          },
          {
            Effect: 'Allow',
            Principal: { Service: 'cloudfront.amazonaws.com' },
            Action: ['s3:ListBucket'],
            Resource: toArn('Site'),
          },
        ],
      },
    },
  },
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      },
    },
  },
  RolePolicy: {
    Type: 'AWS::IAM::Policy',
    Properties: {
      Roles: [{ Ref: 'Role' }],
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
            Resource: toArn('Uploads'),
          },
          { Effect: 'Allow', Action: 's3:GetObject', Resource: toObjects('Seeds') },
          { Effect: 'Allow', Action: 's3:PutObject', Resource: [toObjects('Site'), toObjects('Internal')] },
        ],
      },
    },
  },
  Dashboard: { Type: 'AWS::CloudWatch::Dashboard', Properties: { Anything: { 'Fn::Strange': 1 } } },
  Publish: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Code: { S3Bucket: 'assets', S3Key: 'bundle.zip' },
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Timeout: 10,
      Role: toArn('Role'),
      Environment: {
        Variables: {
          PUBLICATION: JSON.stringify({ title: 'The Small Paper', digest: { daily: { hour: 7 } } }),
          SITE_ADDRESS: { 'Fn::Join': ['', ['https://', { 'Fn::GetAtt': ['Distribution', 'DomainName'] }]] },
          SEEDS_BUCKET: { Ref: 'Seeds' },
          SITE_BUCKET: { Ref: 'Site' },
          INTERNAL_BUCKET: { Ref: 'Internal' },
          TABLE: { Ref: 'Table' },
          UPLOADS_QUEUE_URL: { Ref: 'Uploads' },
        },
      },
    },
  },
  Mapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: toArn('Uploads'),
      FunctionName: { Ref: 'Publish' },
      BatchSize: 10,
      ScalingConfig: { MaximumConcurrency: 2 },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    },
  },
  Cache: {
    Type: 'AWS::CloudFront::CachePolicy',
    Properties: {
      CachePolicyConfig: {
        ParametersInCacheKeyAndForwardedToOrigin: {
          EnableAcceptEncodingGzip: true,
          EnableAcceptEncodingBrotli: true,
        },
      },
    },
  },
  Headers: {
    Type: 'AWS::CloudFront::ResponseHeadersPolicy',
    Properties: {
      ResponseHeadersPolicyConfig: {
        SecurityHeadersConfig: {
          ContentTypeOptions: { Override: true },
          StrictTransportSecurity: { AccessControlMaxAgeSec: 60, IncludeSubdomains: true, Override: true },
        },
        CustomHeadersConfig: { Items: [{ Header: 'X-Paper', Value: 'small', Override: false }] },
        RemoveHeadersConfig: { Items: [{ Header: 'Server' }] },
      },
    },
  },
  Edge: {
    Type: 'AWS::CloudFront::Function',
    Properties: { FunctionCode: 'function handler(event) { return event.response; }' },
  },
  Distribution: {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: {
        DefaultRootObject: 'index.html',
        Origins: [{ Id: 'o', DomainName: { 'Fn::GetAtt': ['Site', 'RegionalDomainName'] } }],
        DefaultCacheBehavior: {
          TargetOriginId: 'o',
          Compress: true,
          CachePolicyId: { Ref: 'Cache' },
          ResponseHeadersPolicyId: { Ref: 'Headers' },
          FunctionAssociations: [
            { EventType: 'viewer-response', FunctionARN: { 'Fn::GetAtt': ['Edge', 'FunctionARN'] } },
          ],
        },
        CustomErrorResponses: [
          { ErrorCode: 404, ResponseCode: 404, ResponsePagePath: '/404.html', ErrorCachingMinTTL: 0 },
        ],
      },
    },
  },
};

/** Writes a cloud assembly as `cdk synth` does. */
export const writeSmallAppAssembly = (outdir: string, resources: object = smallAppResources): void => {
  mkdirSync(join(outdir, 'asset.bundle'), { recursive: true });
  writeFileSync(join(outdir, 'asset.bundle', 'index.mjs'), publisherSource);
  writeFileSync(join(outdir, 'Small.template.json'), JSON.stringify({ Resources: resources }));
  const files = {
    bundle: { source: { path: 'asset.bundle' }, destinations: { here: { objectKey: 'bundle.zip' } } },
  };
  writeFileSync(join(outdir, 'Small.assets.json'), JSON.stringify({ files }));
};
