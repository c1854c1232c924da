import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import {
  CopyObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  DeleteSuppressedDestinationCommand,
  SESv2Client,
  SendBulkEmailCommand,
  SendEmailCommand,
} from '@aws-sdk/client-sesv2';
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTables } from '../../../../infra/local/dynamodb/create-tables.ts';
import type { TablePlan } from '../../../../infra/local/dynamodb/plan-tables.ts';
import { policySchema } from '../../../../infra/local/iam/parse-policy.ts';
import { type LocalServers, startServers } from '../../../../infra/local/stack/start-servers.ts';

const table: TablePlan = {
  TableName: 'records',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ['pk', 'sk', 'shard'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'recipients',
      KeySchema: [
        { AttributeName: 'shard', KeyType: 'HASH' },
        { AttributeName: 'pk', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
};
const prefix = 'us-east-1:000000000000';
const tableArn = `arn:aws:dynamodb:${prefix}:table/records`;

/** A role that reads and writes some folders, some partitions, one queue, and mails as one sender. */
const statements = [
  { Action: 's3:GetObject', Resource: 'arn:aws:s3:::box/open/*' },
  { Action: ['s3:PutObject', 's3:DeleteObject'], Resource: 'arn:aws:s3:::box/mine/*' },
  { Action: 's3:GetObject', Resource: 'arn:aws:s3:::other/*' },
  { Action: 's3:ListBucket', Resource: 'arn:aws:s3:::other' },
  {
    Action: ['GetItem', 'Query', 'Scan', 'BatchGetItem', 'BatchWriteItem', 'PutItem'].map((name) => `dynamodb:${name}`),
    Resource: tableArn,
    Condition: { 'ForAllValues:StringNotLike': { 'dynamodb:LeadingKeys': 'READER#*' } },
  },
  { Action: 'sqs:SendMessage', Resource: `arn:aws:sqs:${prefix}:work` },
  {
    Action: ['ses:SendEmail', 'ses:SendBulkEmail', 'ses:SendBulkTemplatedEmail'],
    Resource: ['identity/paper.example', 'configuration-set/news'].map((name) => `arn:aws:ses:${prefix}:${name}`),
  },
].map((statement) => ({ Effect: 'Allow', ...statement }));

let servers: LocalServers;
let config: { region: string; maxAttempts: number; credentials: { accessKeyId: string; secretAccessKey: string } };
beforeAll(async () => {
  servers = await startServers({ buckets: ['box', 'other'], queues: [{ name: 'work' }, { name: 'others-work' }] });
  servers.access.addPolicies({
    roles: new Map([['editor-role', policySchema.parse({ Statement: statements })]]),
    resources: [],
  });
  servers.ses.addIdentity('paper.example');
  servers.dynamodb.addTable(table);
  await createTables([table], servers.dynamodb.clientConfig);
  const credentials = servers.access.issueCredentials({ kind: 'role', role: 'editor-role', name: 'editor' });
  config = { region: 'us-east-1', maxAttempts: 1, credentials };
});
afterAll(() => servers.close());

/** What a refused call is told: the function, the action and the resource. */
const told = (action: string, resource: string) =>
  `User: arn:aws:sts::000000000000:assumed-role/editor-role/editor is not authorized to perform: ${action} on resource: "${resource}" because no identity-based policy allows the ${action} action`;

describe('S3', () => {
  const createClient = () => new S3Client({ ...config, endpoint: servers.s3.endpoint });
  const refusal = (action: string, resource: string) =>
    expect.objectContaining({
      name: 'AccessDenied',
      message: told(action, resource),
      $metadata: expect.objectContaining({ httpStatusCode: 403 }),
    });

  test('refuses what the role does not name, and leaves the bucket as it was', async () => {
    const s3 = createClient();
    await s3.send(new PutObjectCommand({ Bucket: 'box', Key: 'mine/a', Body: 'text' }));
    const elsewhere = { Bucket: 'box', Key: 'open/a' };
    await expect(s3.send(new PutObjectCommand({ ...elsewhere, Body: 'x' }))).rejects.toEqual(
      refusal('s3:PutObject', 'arn:aws:s3:::box/open/a'),
    );
    await expect(s3.send(new GetObjectCommand({ Bucket: 'box', Key: 'mine/a' }))).rejects.toEqual(
      refusal('s3:GetObject', 'arn:aws:s3:::box/mine/a'),
    );
    const copy = new CopyObjectCommand({ Bucket: 'box', Key: 'mine/b', CopySource: 'box/mine/a' });
    await expect(s3.send(copy)).rejects.toEqual(refusal('s3:GetObject', 'arn:aws:s3:::box/mine/a'));
    const owner = new S3Client({ ...config, ...servers.dynamodb.clientConfig, endpoint: servers.s3.endpoint });
    await expect(owner.send(new HeadObjectCommand(elsewhere))).rejects.toMatchObject({ name: 'NotFound' });
    await expect(owner.send(new HeadObjectCommand({ Bucket: 'box', Key: 'mine/a' }))).resolves.toBeDefined();
  });

  test('says that an object is missing to those who may list the bucket, and AccessDenied to others', async () => {
    const s3 = createClient();
    const missing = { Key: 'open/none' };
    await expect(s3.send(new GetObjectCommand({ Bucket: 'other', ...missing }))).rejects.toMatchObject({
      name: 'NoSuchKey',
    });
    await expect(s3.send(new GetObjectCommand({ Bucket: 'box', ...missing }))).rejects.toEqual(
      refusal('s3:ListBucket', 'arn:aws:s3:::box'),
    );
    await expect(s3.send(new HeadObjectCommand({ Bucket: 'box', ...missing }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    });
  });

  test('refuses each object of a deletion by itself', async () => {
    const Objects = [{ Key: 'mine/a' }, { Key: 'open/a' }];
    const answer = await createClient().send(new DeleteObjectsCommand({ Bucket: 'box', Delete: { Objects } }));
    expect(answer.Deleted).toEqual([{ Key: 'mine/a' }]);
    expect(answer.Errors).toEqual([
      {
        Key: 'open/a',
        Code: 'AccessDenied',
        Message: told('s3:DeleteObject', 'arn:aws:s3:::box/open/a'),
      },
    ]);
  });
});

test('SQS refuses to send to another queue, one message or many', async () => {
  const sqs = new SQSClient({ ...config, endpoint: servers.sqs.endpoint });
  const [own, others] = ['work', 'others-work'].map(servers.sqs.toQueueUrl);
  const Entries = [{ Id: '1', MessageBody: 'x' }];
  await sqs.send(new SendMessageBatchCommand({ QueueUrl: own, Entries }));
  const refusal = expect.objectContaining({
    name: expect.stringMatching(/^AccessDenied/),
    message: told('sqs:SendMessage', `arn:aws:sqs:${prefix}:others-work`),
    $metadata: expect.objectContaining({ httpStatusCode: 403 }),
  });
  await expect(sqs.send(new SendMessageCommand({ QueueUrl: others, MessageBody: 'x' }))).rejects.toEqual(refusal);
  await expect(sqs.send(new SendMessageBatchCommand({ QueueUrl: others, Entries }))).rejects.toEqual(refusal);
  expect(servers.queues.countMessages('others-work').visible).toBe(0);
});

describe('DynamoDB', () => {
  const TableName = 'records';
  const toKey = (pk: string) => ({ pk: { S: pk }, sk: { S: 'a' } });
  const query = (pk: string) => ({
    TableName,
    KeyConditionExpression: '#pk = :pk AND begins_with(sk, :sk)',
    ExpressionAttributeNames: { '#pk': 'pk' },
    ExpressionAttributeValues: { ':pk': { S: pk }, ':sk': { S: 'a' } },
  });
  const createClient = () => new DynamoDBClient({ ...config, endpoint: servers.dynamodb.endpoint });
  const put = (pk: string) => ({ Put: { TableName, Item: toKey(pk) } });

  test('allows the partitions of the role’s condition', async () => {
    const client = createClient();
    await client.send(new GetItemCommand({ TableName, Key: toKey('ARTICLE#1') }));
    await client.send(new QueryCommand(query('ARTICLE#1')));
    await client.send(new BatchGetItemCommand({ RequestItems: { records: { Keys: [toKey('ARTICLE#1')] } } }));
    // As in IAM, a scan has no key that the condition could hold against it.
    await client.send(new ScanCommand({ TableName }));
  });

  test.each<[string, string, (client: DynamoDBClient) => Promise<unknown>]>([
    ['GetItem', tableArn, (client) => client.send(new GetItemCommand({ TableName, Key: toKey('READER#1') }))],
    ['Query', tableArn, (client) => client.send(new QueryCommand(query('READER#1')))],
    [
      'BatchGetItem',
      tableArn,
      (client) => {
        const Keys = ['ARTICLE#1', 'READER#1'].map(toKey);
        return client.send(new BatchGetItemCommand({ RequestItems: { records: { Keys } } }));
      },
    ],
    [
      'BatchWriteItem',
      tableArn,
      (client) => {
        const requests = [{ DeleteRequest: { Key: toKey('READER#1') } }];
        return client.send(new BatchWriteItemCommand({ RequestItems: { records: requests } }));
      },
    ],
    [
      'PutItem',
      tableArn,
      (client) => client.send(new TransactWriteItemsCommand({ TransactItems: [put('ARTICLE#1'), put('READER#1')] })),
    ],
    [
      'Query',
      `${tableArn}/index/recipients`,
      (client) =>
        client.send(
          new QueryCommand({
            TableName,
            IndexName: 'recipients',
            KeyConditionExpression: 'shard = :shard',
            ExpressionAttributeValues: { ':shard': { S: '0' } },
          }),
        ),
    ],
  ])('refuses %s on %s outside of them', async (action, resource, call) => {
    await expect(call(createClient())).rejects.toEqual(
      expect.objectContaining({
        name: 'AccessDeniedException',
        message: told(`dynamodb:${action}`, resource),
        $metadata: expect.objectContaining({ httpStatusCode: 400 }),
      }),
    );
  });

  test('refuses a query whose key it does not see', async () => {
    const input = { ...query('READER#1'), KeyConditionExpression: ':pk = #pk' };
    await expect(createClient().send(new QueryCommand(input))).rejects.toThrow(/does not see the partition key/);
  });
});

describe('SES', () => {
  const createClient = () => new SESv2Client({ ...config, endpoint: servers.ses.endpoint });
  const Destination = { ToAddresses: ['ann@example.org'] };
  const Simple = { Subject: { Data: 'S' }, Body: { Text: { Data: 'T' } } };
  const send = (FromEmailAddress: string, ConfigurationSetName = 'news') =>
    createClient().send(
      new SendEmailCommand({ FromEmailAddress, Destination, Content: { Simple }, ConfigurationSetName }),
    );
  const refusal = (action: string, resource: string) =>
    expect.objectContaining({
      name: 'AccessDeniedException',
      message: told(action, `arn:aws:ses:${prefix}:${resource}`),
      $metadata: expect.objectContaining({ httpStatusCode: 403 }),
    });

  test('lets the role mail as any address of the domain, with its configuration set only', async () => {
    await send('"The Paper" <editor@mail.paper.example>');
    await expect(send('editor@elsewhere.example')).rejects.toEqual(
      refusal('ses:SendEmail', 'identity/editor@elsewhere.example'),
    );
    await expect(send('editor@paper.example', 'others')).rejects.toEqual(
      refusal('ses:SendEmail', 'configuration-set/others'),
    );
  });

  test('asks for a template for bulk mails, and for the account’s suppression list', async () => {
    const bulk = new SendBulkEmailCommand({
      FromEmailAddress: 'editor@paper.example',
      DefaultContent: { Template: { TemplateContent: { Subject: 'S', Html: 'H', Text: 'T' }, TemplateData: '{}' } },
      BulkEmailEntries: [{ Destination }],
    });
    await expect(createClient().send(bulk)).rejects.toEqual(refusal('ses:SendBulkEmail', 'template/inline'));
    const removal = new DeleteSuppressedDestinationCommand({ EmailAddress: 'ann@example.org' });
    await expect(createClient().send(removal)).rejects.toThrow(told('ses:DeleteSuppressedDestination', '*'));
  });
});
