import {
  BatchWriteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTables } from '../../../../infra/local/dynamodb/create-tables.ts';
import { type RunningDynamodb, startDynamodb } from '../../../../infra/local/dynamodb/start-dynamodb.ts';

const TableName = 'table';
let server: RunningDynamodb;
let client: DynamoDBClient;
beforeAll(async () => {
  server = await startDynamodb();
  client = new DynamoDBClient({ ...server.clientConfig, maxAttempts: 1 });
  const plan = {
    TableName,
    BillingMode: 'PAY_PER_REQUEST' as const,
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' as const },
      { AttributeName: 'sk', KeyType: 'RANGE' as const },
    ],
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' as const },
      { AttributeName: 'sk', AttributeType: 'S' as const },
    ],
  };
  await createTables([plan], server.clientConfig);
});
afterAll(async () => {
  client.destroy();
  await server.close();
});

const put = (pk: string, sk: string, more = {}) =>
  client.send(new PutItemCommand({ TableName, Item: { pk: { S: pk }, sk: { S: sk }, ...more } }));
const update = (pk: string, UpdateExpression: string, values: Record<string, { S: string }>, names = {}) =>
  client.send(
    new UpdateItemCommand({
      TableName,
      Key: { pk: { S: pk }, sk: { S: 'a' } },
      UpdateExpression,
      ExpressionAttributeValues: values,
      ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    }),
  );
const refused = (message: string) => expect.objectContaining({ name: 'ValidationException', message });

/** Each takes three bytes. */
const wide = '漢';

test('a key is measured in bytes of UTF-8', async () => {
  await put('é'.repeat(1024), 'a');
  await put('a', 'é'.repeat(512));
  await expect(put('é'.repeat(1025), 'a')).rejects.toEqual(
    refused(
      'One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes',
    ),
  );
  const rangeMessage =
    'One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit of 1024 bytes';
  await expect(put('a', 'é'.repeat(513))).rejects.toEqual(refused(rangeMessage));
  const Key = { pk: { S: 'a' }, sk: { S: wide.repeat(342) } };
  await expect(client.send(new GetItemCommand({ TableName, Key }))).rejects.toEqual(refused(rangeMessage));
});

test('any key is accepted up to the limit and refused past it', async () => {
  const key = fc.string({ unit: 'binary', minLength: 300, maxLength: 900, size: 'max' });
  await fc.assert(
    fc.asyncProperty(key, async (text) => {
      const outcome = await put(text, 'a').then(
        () => 'accepted',
        () => 'refused',
      );
      expect(outcome).toBe(Buffer.byteLength(text) <= 2048 ? 'accepted' : 'refused');
    }),
    { numRuns: 30 },
  );
});

test('an item is measured in bytes, with the names of its attributes', async () => {
  const limit = 400 * 1024;
  // pk, i, sk, a
  const rest = 6;
  await put('i', 'a', { t: { S: wide.repeat(Math.floor((limit - rest - 1) / 3)) } });
  await expect(put('i', 'a', { t: { S: wide.repeat(Math.ceil(limit / 3)) } })).rejects.toEqual(
    refused('Item size has exceeded the maximum allowed size'),
  );
  const name = wide.repeat(1000);
  await put('i', 'a', { [name]: { S: 'x'.repeat(limit - rest - 3000) } });
  await expect(put('i', 'a', { [name]: { S: 'x'.repeat(limit - rest - 2999) } })).rejects.toEqual(
    refused('Item size has exceeded the maximum allowed size'),
  );
});

test('an update, and an item of a batch, is measured too', async () => {
  const half = wide.repeat(68_300);
  await update('u', 'SET one = :v', { ':v': { S: half } });
  await expect(update('u', 'SET two = :v', { ':v': { S: half } })).rejects.toEqual(
    refused('Item size to update has exceeded the maximum allowed size'),
  );
  const Item = { pk: { S: 'b' }, sk: { S: 'a' }, t: { S: wide.repeat(140_000) } };
  const RequestItems = { [TableName]: [{ PutRequest: { Item } }] };
  await expect(client.send(new BatchWriteItemCommand({ RequestItems }))).rejects.toEqual(
    refused('Item size has exceeded the maximum allowed size'),
  );
});

test('an expression has at most 4 KB', async () => {
  const long = `SET a = :v, ${wide.repeat(1400)} = :v`;
  await expect(update('x', long, { ':v': { S: '1' } })).rejects.toEqual(
    refused(
      'Invalid UpdateExpression: Expression size has exceeded the maximum allowed size; expression size: ' +
        `${Buffer.byteLength(long)}`,
    ),
  );
});

test('any text comes back as it was written, under any name', async () => {
  // Objects of JavaScript take this name for their prototype: neither the emulator nor the SDK keeps it.
  const text = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
    .filter((written) => written !== '__proto__');
  await fc.assert(
    fc.asyncProperty(text, text, async (name, value) => {
      const sk = `round ${value}`;
      const Item = {
        pk: { S: name },
        sk: { S: sk },
        [`x${name}`]: { L: [{ S: value }, { M: { [name]: { S: value } } }] },
      };
      await client.send(new PutItemCommand({ TableName, Item }));
      const Key = { pk: { S: name }, sk: { S: sk } };
      expect((await client.send(new GetItemCommand({ TableName, Key }))).Item).toEqual(Item);
    }),
    { numRuns: 40 },
  );
});

test('sort keys are in the order of their bytes, and their beginnings are found', async () => {
  const keys = ['a', 'z', 'é', 'éa', 'ﬀ', '漢', '\u{1f6a2}', 'e\u0301'];
  for (const key of keys) await put('sorted', key);
  const query = async (more: string, values: Record<string, { S: string }> = {}) => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: `pk = :pk${more}`,
        ExpressionAttributeValues: { ':pk': { S: 'sorted' }, ...values },
      }),
    );
    return Items.map(({ sk }) => sk?.S);
  };
  expect(await query('')).toEqual(keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
  expect(await query(' AND begins_with(sk, :start)', { ':start': { S: 'é' } })).toEqual(['é', 'éa']);
});

test('a message quotes what was written', async () => {
  await expect(
    client.send(new PutItemCommand({ TableName, Item: { pk: { S: 'q' }, sk: { S: 'a' }, n: { N: wide } } })),
  ).rejects.toThrow(wide);
});
