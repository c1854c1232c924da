import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { handler as deliver } from '../../functions/deliver.ts';
import { environmentVariables } from '../../functions/platform/contract.ts';
import { handler as recordFeedback } from '../../functions/record-feedback.ts';
import { type LocalServers, startServers } from '../../infra/local/stack/start-servers.ts';
import { baseSettings } from '../publish/publish-fixture.ts';

let servers: LocalServers;
beforeAll(async () => {
  servers = await startServers({ buckets: ['internal'], queues: [{ name: 'deliveries' }] });
  const environment = {
    ...servers.environment,
    [environmentVariables.publication]: JSON.stringify(baseSettings),
    [environmentVariables.siteAddress]: 'https://news.example',
    [environmentVariables.internalBucket]: 'internal',
    [environmentVariables.table]: 'table',
    [environmentVariables.deliveriesQueue]: servers.sqs.toQueueUrl('deliveries'),
    [environmentVariables.configurationSet]: 'news',
    AWS_ENDPOINT_URL_SESV2: 'http://127.0.0.1:1',
    POWERTOOLS_LOG_LEVEL: 'SILENT',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const dynamo = new DynamoDBClient();
  await dynamo.send(
    new CreateTableCommand({
      TableName: 'table',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
    }),
  );
  dynamo.destroy();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await servers.close();
});

const event = {
  source: 'aws.ses',
  'detail-type': 'Email Bounced',
  detail: {
    mail: { messageId: 'm', timestamp: '2026-11-02T12:00:00.000Z', destination: ['nobody@example.com'] },
    bounce: { bounceType: 'Permanent', bouncedRecipients: [] },
  },
};
const context = { getRemainingTimeInMillis: () => 60_000 };
const record = (messageId: string, body: unknown) => ({ messageId, body: JSON.stringify(body) });

test('only failed messages of the feedback queue are delivered again', async () => {
  const broken = { ...event, detail: {} };
  expect(await recordFeedback({ Records: [record('good', event), record('bad', broken)] }, context)).toEqual({
    batchItemFailures: [{ itemIdentifier: 'bad' }],
  });
});

test('only failed messages of the deliveries queue are delivered again', async () => {
  const failed = await deliver(
    { Records: [record('unknown', { issue: 'daily-1', batch: 1 }), record('broken', {})] },
    context,
  );
  expect(failed).toEqual({
    batchItemFailures: [{ itemIdentifier: 'unknown' }, { itemIdentifier: 'broken' }],
  });
});
