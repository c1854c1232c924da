import { CreateTableCommand, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { DeleteCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createTableClient } from '../../../../functions/adapters/table/client.ts';
import { toSubscriberKey } from '../../../../functions/adapters/table/subscribers.ts';
import { connectLocal } from '../../../../infra/cli/connection/connect.ts';
import { createCliServices } from '../../../../infra/cli/connection/create-cli-services.ts';
import { findOneClickUrl, type LocalRunFixture, startLocalRunFixture } from '../../../journeys/local-run-fixture.ts';
import { runSeedpress } from '../run-seedpress.ts';
import { sampleSeeds } from './sample-seeds.ts';

let local: LocalRunFixture;
beforeAll(async () => {
  local = await startLocalRunFixture();
});
afterAll(() => local.close());

const run = (...args: string[]) => runSeedpress([...args, '--data', local.data]);
const json = async (...args: string[]) => {
  const { exitCode, out, err } = await run(...args, '--json');
  expect(exitCode, err).toBe(0);
  return JSON.parse(out);
};
const open = async () => createCliServices(await connectLocal(local.data));

/** A bucket's objects with their types and what they hold. */
const contentsOf = async (bucket: string): Promise<Map<string, string>> => {
  const { s3 } = await open();
  const found = new Map<string, string>();
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket }))
    for (const { Key } of Contents) {
      const { Body, ContentType, CacheControl } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
      found.set(Key ?? '', `${ContentType} ${CacheControl} ${await Body?.transformToString('base64')}`);
    }
  return found;
};

test('after objects of the site were deleted and changed by hand, it is the same, byte for byte', async () => {
  const { s3, buckets, build } = await open();
  for (const [Key, Body] of sampleSeeds) await s3.send(new PutObjectCommand({ Bucket: local.seedsBucket, Key, Body }));
  await local.waitUntilPublished('/articles/corrected');
  await local.waitUntilPublished('/images/2026/port.png');
  await local.subscribe('ana@reader.example');
  await json('issue', 'compose', 'daily', '--yes');
  await expect
    .poll(async () => (await fetch(`${local.servers.s3.endpoint}/${buckets.site.name}/issues`)).text())
    .toContain('daily-1');
  await expect
    .poll(async () => (await json('rejections')).map(({ key }: { key: string }) => key).toSorted())
    .toEqual(['broken.md', 'drawing.svg']);
  const [site, internal] = [await contentsOf(buckets.site.name), await contentsOf(buckets.internal.name)];
  const { announced, arrivals } = await build.get();

  const hurt = ['articles/port', 'images/2026/port.png', 'atom.xml', 'topics/fish', 'archive/2020-02/rss.xml'];
  for (const Key of [...hurt, 'issues/daily-1.json', 'issues/atom.xml', 'assets/icon.svg', 'digest/weekly.txt'])
    await s3.send(new DeleteObjectCommand({ Bucket: buckets.site.name, Key }));
  const changed = { Bucket: buckets.site.name, Key: 'index.html', Body: 'mine', ContentType: 'text/plain' };
  await s3.send(new PutObjectCommand(changed));
  await s3.send(new DeleteObjectCommand({ Bucket: buckets.internal.name, Key: 'rejections/broken.md.txt' }));
  expect((await contentsOf(buckets.site.name)).size).toBe(site.size - 9);

  const counts = { seeds: 9, pictures: 1, unrecorded: 0, deleted: 0 };
  expect(await json('rebuild', '--dry-run')).toEqual({ dryRun: true, ...counts });
  expect((await contentsOf(buckets.site.name)).size).toBe(site.size - 9);
  expect(await json('rebuild', '--yes')).toEqual({ dryRun: false, ...counts, issueDocuments: 1 });
  expect(await contentsOf(buckets.site.name)).toEqual(site);
  expect(await contentsOf(buckets.internal.name)).toEqual(internal);
  expect(await build.get()).toMatchObject({ announced, arrivals });
  expect(await json('issue', 'compose', 'daily')).toEqual({ issue: null });
});

/** A copy of the table under another name, as point-in-time recovery makes one. */
const backUpTable = async (TableName: string): Promise<void> => {
  const { dynamo, tableName } = await open();
  await dynamo.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  await waitUntilTableExists({ client: dynamo, minDelay: 0.1, maxDelay: 1, maxWaitTime: 10 }, { TableName });
  const items = z.looseObject({ pk: z.string(), sk: z.string() }).array();
  for await (const { Items = [] } of paginateScan({ client: dynamo }, { TableName: tableName }))
    await createTableClient(dynamo, TableName).writeMany(items.parse(Items).map((put) => ({ put })));
};

test('a backup brings back readers who were lost, but not who left since, and nothing is mailed twice', async () => {
  for (const name of ['bea', 'cleo', 'dora']) await local.subscribe(`${name}@reader.example`);
  await backUpTable('restored');
  await local.publish('Since the backup', 'It was mailed.');
  await json('issue', 'compose', 'daily', '--yes');
  await local.post(findOneClickUrl(local.findLastMailTo('bea@reader.example')), { 'List-Unsubscribe': 'One-Click' });
  await json('subscribers', 'erase', 'cleo@reader.example', '--yes');
  const { subscribers, tokenKeys, dynamo, tableName } = await open();
  const key = toSubscriberKey('dora@reader.example', await tokenKeys.getOrCreate());
  await dynamo.send(new DeleteCommand({ TableName: tableName, Key: { pk: `SUBSCRIBER#${key}`, sk: 'SUBSCRIBER' } }));
  const mailsBefore = local.listMailsTo('ana@reader.example').length;

  const restored = await json('restore', '--from', 'restored', '--yes');
  expect(restored).toMatchObject({ issues: [], announcements: 0, uncertain: 0, held: true });
  expect(await subscribers.get(key)).toMatchObject({ state: 'active', email: 'dora@reader.example' });
  expect(await json('subscribers', 'list')).toMatchObject({ active: 2, unsubscribed: 1, erased: 1 });
  await local.publish('After it', 'It waits.');
  await local.seedpress('clock', 'advance', '1d');
  expect(local.listMailsTo('ana@reader.example')).toHaveLength(mailsBefore);

  expect(await json('issue', 'resume', '--yes')).toMatchObject({ issues: ['the daily issue'] });
  await expect.poll(() => local.listMailsTo('ana@reader.example').length).toBe(mailsBefore + 1);
  const mail = local.findLastMailTo('ana@reader.example');
  expect(mail.text).toContain('It waits.');
  expect(mail.text).not.toContain('It was mailed.');
  // Of another position, she has a letter and a batch of her own.
  await expect.poll(() => local.findLastMailTo('dora@reader.example').text).toContain('It waits.');
});

test('it asks first, and without a terminal wants to be told', async () => {
  expect(await run('rebuild')).toMatchObject({
    exitCode: 2,
    out: '',
    err: expect.stringContaining('Nothing was changed: there is no terminal to ask on. Add --yes to do it.'),
  });
});
