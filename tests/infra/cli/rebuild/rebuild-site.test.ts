import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { seedRecordSchema } from '../../../../functions/core/lifecycle/seed-record.ts';
import { readSeedInventory, type SeedInventory } from '../../../../infra/cli/rebuild/read-seed-inventory.ts';
import { rebuildSite } from '../../../../infra/cli/rebuild/rebuild-site.ts';
import { expectConsistentSite } from '../../../publish/expect-consistent-site.ts';
import { createInMemoryPublishFixture } from '../../../publish/in-memory-publish-fixture.ts';
import { type PublishFixture, startPublishFixture } from '../../../publish/publish-fixture.ts';
import { sampleSeeds } from './sample-seeds.ts';

let fixture: PublishFixture;
afterEach(() => fixture.stop());

const live = new Map(sampleSeeds.map(([key, body]) => [key, String(body)]));

const fill = async (on: PublishFixture): Promise<void> => {
  for (const [key, body] of sampleSeeds) await on.upload(key, body);
  await on.deliverAll();
};

/** What rebuilding works on. Counting the waiting messages handles them. */
const createRebuildServices = (on: PublishFixture, handle: () => Promise<void>) => ({
  ...on.services,
  s3: on.clients.s3,
  dynamo: on.clients.dynamo,
  tableName: 'table',
  uploadsQueue: {
    send: async (message: object) => on.send(message),
    sendMany: async (messages: readonly object[]) => messages.forEach(on.send),
  },
  countUploads: async () => {
    await handle();
    return on.pending.length;
  },
  pollIntervalMs: 1,
});

const ignoreProgress = (): void => {};

/** The records without what is remembered of documents. */
const recordsOf = async (on: PublishFixture): Promise<Map<string, unknown>> => {
  const items = [...(await on.listItems())].filter(([key]) => !/^(MANIFEST#|BUILD|STALE_MONTHS|SEED#)/.test(key));
  return new Map(
    items.map(
      ([key, { pageFingerprint: _pageFingerprint, fingerprints: _fingerprints, rebuildId: _rebuildId, ...item }]) => [
        key,
        item,
      ],
    ),
  );
};

/** The inventory from the records, for a fixture in memory, which has no listing. */
const readInventory = async (on: PublishFixture): Promise<SeedInventory> => {
  const records = [...(await on.listItems())]
    .filter(([key]) => key.startsWith('SEED#'))
    .map(([, item]) => seedRecordSchema.parse(item));
  return {
    seeds: records.filter(({ kind }) => kind !== 'image'),
    pictures: records.filter(({ kind }) => kind === 'image'),
    unrecorded: [],
    deleted: [],
  };
};

/** A fixture whose builder is killed at its nth request: it does nothing any more, and its lease stays. */
const createKillableFixture = async () => {
  const builder = { requests: 0, killedAt: Number.POSITIVE_INFINITY, isBuilding: false, kills: 0 };
  let clock = Date.parse('2026-11-26T12:00:00Z');
  const on = await createInMemoryPublishFixture({
    now: () => new Date(clock),
    onRequest: () => {
      if (!builder.isBuilding) return;
      builder.requests += 1;
      if (builder.requests >= builder.killedAt) throw new Error('the builder was killed');
    },
  });
  const handle = async (): Promise<void> => {
    const messages = [...on.pending];
    builder.isBuilding = true;
    await on.deliverAll().catch(() => undefined);
    builder.isBuilding = false;
    if (builder.requests < builder.killedAt) return;
    // Its messages were not acknowledged. They come again, when its lease has expired as well.
    on.pending.push(...messages);
    builder.kills += 1;
    builder.killedAt = Number.POSITIVE_INFINITY;
    clock += 200_000;
  };
  await fill(on);
  return { on, builder, handle };
};

test('wherever a builder is killed in the middle, the site ends as it was', async () => {
  const dry = await createKillableFixture();
  fixture = dry.on;
  await rebuildSite(createRebuildServices(dry.on, dry.handle), await readInventory(dry.on), ignoreProgress);
  const { requests } = dry.builder;
  expect(requests).toBeGreaterThan(200);
  for (let at = 1; at <= requests; at += 9) {
    const { on, builder, handle } = await createKillableFixture();
    const [site, records] = [await on.list('site'), await recordsOf(on)];
    for (const key of ['articles/port', 'rss.xml', 'images/2026/port.png']) await on.services.buckets.site.delete(key);
    builder.killedAt = at;
    await rebuildSite(createRebuildServices(on, handle), await readInventory(on), ignoreProgress);
    expect(builder.kills, `killed at ${at}`).toBe(1);
    expect(await on.list('site'), `killed at ${at}`).toEqual(site);
    expect(await recordsOf(on), `killed at ${at}`).toEqual(records);
    await expectConsistentSite(on, live);
  }
});

test('wherever the command is ended in the middle, it may be run again', async () => {
  const { on, handle } = await createKillableFixture();
  fixture = on;
  const [site, records] = [await on.list('site'), await recordsOf(on)];
  for (const key of ['articles/port', 'rss.xml', 'images/2026/port.png']) await on.services.buckets.site.delete(key);
  let [steps, endedAt] = [0, 1];
  const step = async (): Promise<void> => {
    steps += 1;
    if (steps === endedAt) throw new Error('the command was ended');
    await handle();
  };
  const operator = createRebuildServices(on, step);
  const send = operator.uploadsQueue.sendMany;
  operator.uploadsQueue.sendMany = async (messages) => {
    await send(messages);
    await step();
  };
  for (; ; endedAt += 1) {
    steps = 0;
    const isEnded = await rebuildSite(operator, await readInventory(on), ignoreProgress).then(
      () => false,
      () => true,
    );
    if (!isEnded) break;
  }
  expect(endedAt).toBeGreaterThan(8);
  expect(await on.list('site')).toEqual(site);
  expect(await recordsOf(on)).toEqual(records);
  await expectConsistentSite(on, live);
});

/** Has messages handled as they come, while something else goes on. */
const whilePublishing = async <T>(on: PublishFixture, work: Promise<T>): Promise<T> => {
  let isDone = false;
  const settled = work.finally(() => {
    isDone = true;
  });
  while (!isDone) {
    expect(await on.deliver(on.pending.splice(0, 10))).toEqual([]);
    await sleep(1);
  }
  return settled;
};

test('a table that lost its records is filled again: same addresses, dates and order', async () => {
  let later = 0;
  fixture = await startPublishFixture({ now: () => new Date(Date.now() + later) });
  // Announced, and months later too old to be. By the second, as uploads are dated.
  const dated = `---\ntitle: Dated\ndate: ${new Date().toISOString().replace(/\.\d+Z$/, 'Z')}\n---\n\nIt was news.\n`;
  await fixture.upload('dated.md', dated);
  await fill(fixture);
  const site = await fixture.list('site');
  const latest = async () => [...(await fixture.listItems())].filter(([key]) => key.startsWith('LATEST'));
  const before = await latest();
  for (const { pk, sk } of (await fixture.listItems()).values())
    await fixture.table.writeMany([{ delete: { pk: String(pk), sk: String(sk) } }]);
  later = 100 * 24 * 60 * 60 * 1000;
  const on = createRebuildServices(fixture, async () => {});
  const stock = await readSeedInventory(on);
  expect(stock).toMatchObject({
    seeds: [],
    deleted: [],
    pictures: [{ key: '2026/port.png', sequencer: '0' }],
  });
  expect(stock.unrecorded.map(({ key }) => key)).toEqual(
    ['dated.md', ...sampleSeeds.map(([key]) => key)].filter((key) => key !== '2026/port.png'),
  );
  await whilePublishing(fixture, rebuildSite(on, stock, ignoreProgress));
  // Uploads of one second have no order.
  const datesOf = (items: typeof before) => items.map(([key, { published }]) => [key, published]);
  const addressesOf = (items: typeof before) => items.map(([, { id, slug }]) => `${id} ${slug}`).toSorted();
  expect(datesOf(await latest())).toEqual(datesOf(before));
  expect(addressesOf(await latest())).toEqual(addressesOf(before));
  // Previews get other addresses, and nothing is left at the old ones.
  const isPublic = (path: string): boolean => !path.startsWith('previews/');
  const paths = [...(await fixture.list('site')).keys()];
  expect(paths.filter(isPublic)).toEqual([...site.keys()].filter(isPublic));
  expect(paths.filter((path) => !isPublic(path) && site.has(path))).toEqual([]);
  await expectConsistentSite(fixture, new Map([...live, ['dated.md', dated]]));
});

test('a seed whose object is gone is withdrawn, and an object that no event told of is published', async () => {
  fixture = await startPublishFixture();
  await fill(fixture);
  await fixture.remove('named.md');
  await fixture.upload('2027/new.md', 'A new one\n\nNobody was told.\n');
  fixture.pending.splice(0);
  const on = createRebuildServices(fixture, async () => {});
  const stock = await readSeedInventory(on);
  expect(stock.deleted.map(({ key }) => key)).toEqual(['named.md']);
  expect(stock.unrecorded.map(({ key }) => key)).toEqual(['2027/new.md']);
  await whilePublishing(fixture, rebuildSite(on, stock, ignoreProgress));
  const bucket = new Map([...live, ['2027/new.md', '']]);
  bucket.delete('named.md');
  await expectConsistentSite(fixture, bucket);
});
