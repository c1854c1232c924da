import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { expect, onTestFinished, test } from 'vitest';
import { PortInUseError } from '../../../../infra/local/base/http-server.ts';
import { startServers } from '../../../../infra/local/stack/start-servers.ts';
import { createTestS3Client } from '../s3/s3-fixture.ts';

const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'seedpress-servers-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
};
test('objects, records and messages survive a restart', async () => {
  const folder = temporaryFolder();
  const Key = { pk: { S: 'a' } };
  const before = await startServers({ folder, buckets: ['box'], queues: [{ name: 'work' }] });
  before.s3.onEvent(({ key, sequencer }) => before.queues.send('work', JSON.stringify({ key, sequencer })));
  const client = createTestS3Client(before.s3.endpoint);
  await client.send(new PutObjectCommand({ Bucket: 'box', Key: 'k', Body: 'text' }));
  const table = new DynamoDBClient(before.dynamodb.clientConfig);
  await table.send(
    new CreateTableCommand({
      TableName: 'records',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  await waitUntilTableExists({ client: table, maxWaitTime: 10, minDelay: 1 }, { TableName: 'records' });
  await table.send(new PutItemCommand({ TableName: 'records', Item: Key }));
  await before.close();

  const after = await startServers({ folder, buckets: ['box'], queues: [{ name: 'work' }] });
  onTestFinished(() => after.close());
  const read = await createTestS3Client(after.s3.endpoint).send(new GetObjectCommand({ Bucket: 'box', Key: 'k' }));
  expect(await read.Body?.transformToString()).toBe('text');
  const item = await new DynamoDBClient(after.dynamodb.clientConfig).send(
    new GetItemCommand({ TableName: 'records', Key }),
  );
  expect(item.Item).toEqual(Key);
  const sequencers: string[] = [];
  after.s3.onEvent(({ sequencer }) => sequencers.push(sequencer));
  await createTestS3Client(after.s3.endpoint).send(new PutObjectCommand({ Bucket: 'box', Key: 'k', Body: 'newer' }));
  expect(after.queues.receive('work', { max: 10 }).map(({ body }) => JSON.parse(body))).toEqual([
    { key: 'k', sequencer: '0000000000000001' },
  ]);
  expect(sequencers).toEqual(['0000000000000002']);
});

test('a port in use is reported as such', async () => {
  const { s3, close } = await startServers();
  onTestFinished(close);
  await expect(startServers({ s3Port: s3.port })).rejects.toThrow(PortInUseError);
});
