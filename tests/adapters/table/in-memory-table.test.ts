import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createBatchStore } from '../../../functions/adapters/table/batches.ts';
import { createTableClient, type TableClient } from '../../../functions/adapters/table/client.ts';
import { createDayCountStore } from '../../../functions/adapters/table/day-counts.ts';
import { createFeedbackStore } from '../../../functions/adapters/table/feedback.ts';
import { createRateLimitStore } from '../../../functions/adapters/table/rate-limit.ts';
import { createSubscriberStore } from '../../../functions/adapters/table/subscribers.ts';
import type { DeliveryBatch } from '../../../functions/core/newsletter/delivery/delivery-batch-record.ts';
import type { DeliveryFeedback } from '../../../functions/core/newsletter/delivery/parse-ses-event.ts';
import { createTables } from '../../../infra/local/dynamodb/create-tables.ts';
import { type LocalServers, startServers } from '../../../infra/local/stack/start-servers.ts';
import { createInMemoryTable } from '../../in-memory-table.ts';

let servers: LocalServers;
let dynamo: DynamoDBClient;
let tables = 0;
beforeAll(async () => {
  servers = await startServers();
  dynamo = new DynamoDBClient(servers.dynamodb.clientConfig);
});
afterAll(async () => {
  dynamo.destroy();
  await servers.close();
});

const realTable = async (): Promise<TableClient> => {
  tables += 1;
  const name = `table-${tables}`;
  await createTables(
    [
      {
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
        ],
      },
    ],
    servers.dynamodb.clientConfig,
  );
  const document = DynamoDBDocumentClient.from(dynamo, { marshallOptions: { removeUndefinedValues: true } });
  return createTableClient(document, name);
};

const at = '2026-11-02T12:00:00.000Z';
const batch: DeliveryBatch = {
  issue: 'daily-1',
  batch: 1,
  state: 'queued',
  attempt: 0,
  recipients: [{ key: 'a', email: 'a@example.com', outcome: 'waiting' }],
};
const bounce: DeliveryFeedback = {
  kind: 'softBounce',
  messageId: 'm',
  email: 'a@example.com',
  sentAt: at,
  issue: 'daily-1',
  countsAgainstAccount: false,
  detail: 'full',
};

// The thousand schedules of delivery run on the table in memory: it must do what the real one does.
describe.each([
  ['in memory', async (): Promise<TableClient> => createInMemoryTable()],
  ['on a server', realTable],
])('the table %s', (_, open) => {
  test('keeps a batch as it was read, or not at all', async () => {
    const table = await open();
    const batches = createBatchStore(table);
    const calling: DeliveryBatch = {
      ...batch,
      state: 'calling',
      attempt: 1,
      call: { indexes: [0], until: at },
    };
    const done: DeliveryBatch = { ...batch, state: 'done', attempt: 2 };
    expect(await batches.replace(batch, calling)).toBe(false);
    expect([await batches.add(batch, at), await batches.add(batch, at)]).toEqual([true, false]);
    expect([await batches.replace(batch, calling), await batches.replace(batch, calling)]).toEqual([true, false]);
    expect(await batches.get('daily-1', 1)).toEqual(calling);
    expect(await batches.replace(calling, done)).toBe(true);
    expect(await batches.get('daily-1', 1)).toEqual(done);
    await batches.add({ ...batch, batch: 2 }, at);
    await batches.add({ ...batch, batch: 11 }, at);
    expect((await batches.listRange('daily-1', 2, 11)).map((one) => one.batch)).toEqual([2, 11]);
    expect((await batches.getLast('daily-1'))?.batch).toBe(11);
    const item = await table.get({ pk: 'BATCHES#daily-1', sk: '000001' }, z.looseObject({ expires: z.number() }));
    expect(item?.expires).toBe(Date.parse(at) / 1000 + 400 * 24 * 60 * 60);
  });

  test('shares the rate among those who read it as it is', async () => {
    const pace = createRateLimitStore(await open());
    const fresh = await pace.get();
    expect(fresh).toEqual({ revision: 0, nextAt: 0 });
    const limits = { perSecond: 14, leftToday: 100, readAt: 5 };
    expect([await pace.replace(fresh, { nextAt: 7, limits }), await pace.replace(fresh, { nextAt: 9 })]).toEqual([
      true,
      false,
    ]);
    expect(await pace.get()).toEqual({ revision: 1, nextAt: 7, limits });
    await pace.setLimits({ ...limits, leftToday: 50 });
    await pace.pause(at, 'first');
    await pace.pause(at, 'second');
    expect(await pace.get()).toEqual({
      revision: 2,
      nextAt: 7,
      limits: { ...limits, leftToday: 50 },
      paused: { at, reason: 'first' },
    });
    expect(await pace.replace(await pace.get(), { nextAt: 9, limits })).toBe(true);
    await pace.resume();
    expect(await pace.get()).toEqual({ revision: 3, nextAt: 9, limits });
  });

  test('pauses and learns limits before anything else was written', async () => {
    const pace = createRateLimitStore(await open());
    await pace.pause(at, 'first');
    expect(await pace.replace(await pace.get(), { nextAt: 3 })).toBe(true);
    expect(await pace.get()).toEqual({ revision: 1, nextAt: 3, paused: { at, reason: 'first' } });
  });

  test('counts the days', async () => {
    const dayCounts = createDayCountStore(await open());
    await dayCounts.add('2026-11-02', 'sent', 50);
    await dayCounts.add('2026-11-02', 'bounces', 1);
    const counts = await dayCounts.add('2026-11-02', 'sent', 50);
    expect(counts).toEqual({ sent: 100, bounces: 1, complaints: 0 });
    await dayCounts.recordTrip('2026-11-02', counts);
    expect(await dayCounts.get('2026-11-02')).toEqual({
      ...counts,
      countsAtLastTrip: { bounces: 1, complaints: 0 },
    });
    expect(await dayCounts.get('2026-11-03')).toEqual({ sent: 0, bounces: 0, complaints: 0 });
  });

  test('notes feedback once for a reader, an issue and a kind', async () => {
    const feedback = createFeedbackStore(await open());
    expect(await feedback.record(bounce, 'a', 3)).toEqual({ softBouncesBefore: 3, isProcessed: false });
    expect(await feedback.record({ ...bounce, messageId: 'n' }, 'a', 4)).toEqual({
      softBouncesBefore: 3,
      isProcessed: false,
    });
    await feedback.markProcessed(bounce, 'a');
    expect(await feedback.record(bounce, 'a', undefined)).toEqual({
      softBouncesBefore: 3,
      isProcessed: true,
    });
    await feedback.record({ ...bounce, kind: 'complaint' }, 'a', undefined);
    await feedback.record({ ...bounce, issue: 'daily-2' }, 'b', 0);
    expect(await feedback.countByKind('daily-1')).toEqual({
      hardBounce: 0,
      softBounce: 1,
      complaint: 1,
      notSent: 0,
    });
    expect(await feedback.listSoftBounced('daily-1', ['a', 'b'])).toEqual(new Set(['a']));
  });

  test('lets one of two change a subscriber, and then the other', async () => {
    const subscribers = createSubscriberStore(await open(), () => new Date(at));
    await subscribers.apply('k', { kind: 'signUp', key: 'k', email: 'a@example.com', cadence: 'daily', at });
    await subscribers.apply('k', { kind: 'confirm', since: at, at });
    await Promise.all([
      subscribers.apply('k', { kind: 'softBounce', at }),
      subscribers.apply('k', { kind: 'softBounce', at }),
    ]);
    expect(await subscribers.get('k')).toMatchObject({ state: 'active', softBounces: 2 });
    expect(await subscribers.getMany(['k', 'none'])).toHaveLength(1);
  });

  test('refuses what DynamoDB refuses: values that nobody gave, and such as nobody used', async () => {
    const table = await open();
    const key = { pk: 'a', sk: 'b' };
    await expect(table.update(key, { UpdateExpression: 'SET a = :a' })).rejects.toThrow();
    await expect(
      table.update(key, {
        UpdateExpression: 'SET a = :a',
        ExpressionAttributeValues: { ':a': 1, ':b': 2 },
      }),
    ).rejects.toThrow();
    expect(await table.get(key, z.unknown())).toBeUndefined();
  });
});
