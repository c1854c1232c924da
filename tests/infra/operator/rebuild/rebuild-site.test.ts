import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { seedRecordSchema } from '../../../../functions/core/filing/records.ts';
import { rebuildSite } from '../../../../infra/operator/rebuild/rebuild-site.ts';
import { type Stock, takeStock } from '../../../../infra/operator/rebuild/take-stock.ts';
import { expectSettled } from '../../../publishing/invariants.ts';
import { openPaperPress } from '../../../publishing/paper-press.ts';
import { type Press, startPress } from '../../../publishing/press.ts';
import { tenSeeds } from './ten-seeds.ts';

let press: Press;
afterEach(() => press.stop());

const live = new Map(tenSeeds.map(([key, body]) => [key, String(body)]));

const fill = async (on: Press): Promise<void> => {
  for (const [key, body] of tenSeeds) {
    await on.upload(key, body);
    await on.settle();
  }
};

/** What rebuilding works on, in a press: whoever waits for messages has them handled. */
const operatorOf = (on: Press, handle: () => Promise<void>) => ({
  ...on.services,
  s3: on.clients.s3,
  dynamo: on.clients.dynamo,
  tableName: 'table',
  uploads: {
    send: async (message: object) => on.send(message),
    sendMany: async (messages: readonly object[]) => messages.forEach(on.send),
  },
  countUploads: async () => {
    await handle();
    return on.pending.length;
  },
  pause: 1,
});

const noShow = (): void => {};

/** The records without what is remembered of documents. */
const recordsOf = async (on: Press): Promise<Map<string, unknown>> => {
  const items = [...(await on.items())].filter(([key]) => !/^(SHELF#|BUILD|OLD_MONTHS|SEED#)/.test(key));
  return new Map(items.map(([key, { page: _page, ...item }]) => [key, item]));
};

/** The stock as the records have it, for a press in memory, which has no listing. */
const stockOf = async (on: Press): Promise<Stock> => {
  const records = [...(await on.items())]
    .filter(([key]) => key.startsWith('SEED#'))
    .map(([, item]) => seedRecordSchema.parse(item));
  return {
    seeds: records.filter(({ kind }) => kind !== 'image'),
    pictures: records.filter(({ kind }) => kind === 'image'),
    unrecorded: [],
    gone: [],
  };
};

/** A press in which a builder is killed at its nth request: nothing of it happens any more, its lease too stays. */
const pressWithKills = async () => {
  const fate = { requests: 0, killedAt: Number.POSITIVE_INFINITY, isBuilding: false, kills: 0 };
  let clock = Date.parse('2026-11-26T12:00:00Z');
  const on = await openPaperPress({
    now: () => new Date(clock),
    onRequest: () => {
      if (!fate.isBuilding) return;
      fate.requests += 1;
      if (fate.requests >= fate.killedAt) throw new Error('the builder was killed');
    },
  });
  const handle = async (): Promise<void> => {
    fate.isBuilding = true;
    try {
      await on.settle();
    } catch {
      // Its messages come again once they are visible, when its lease has run out, too.
      fate.kills += 1;
      fate.killedAt = Number.POSITIVE_INFINITY;
      clock += 200_000;
    } finally {
      fate.isBuilding = false;
    }
  };
  await fill(on);
  return { on, fate, handle };
};

test('wherever a builder is killed in the middle, the site ends as it was', async () => {
  const dry = await pressWithKills();
  press = dry.on;
  await rebuildSite(operatorOf(dry.on, dry.handle), await stockOf(dry.on), noShow);
  const { requests } = dry.fate;
  expect(requests).toBeGreaterThan(200);
  for (let at = 1; at <= requests; at += 9) {
    const { on, fate, handle } = await pressWithKills();
    const [site, records] = [await on.list('site'), await recordsOf(on)];
    for (const key of ['articles/port', 'rss.xml', 'images/2026/port.png'])
      await on.services.buckets.site.delete(key);
    fate.killedAt = at;
    await rebuildSite(operatorOf(on, handle), await stockOf(on), noShow);
    expect(fate.kills, `killed at ${at}`).toBe(1);
    expect(await on.list('site'), `killed at ${at}`).toEqual(site);
    expect(await recordsOf(on), `killed at ${at}`).toEqual(records);
    await expectSettled(on, live);
  }
}, 120_000);

test('wherever the command is ended in the middle, it may be run again', async () => {
  const { on, handle } = await pressWithKills();
  press = on;
  const [site, records] = [await on.list('site'), await recordsOf(on)];
  for (const key of ['articles/port', 'rss.xml', 'images/2026/port.png'])
    await on.services.buckets.site.delete(key);
  let [steps, endedAt] = [0, 1];
  const step = async (): Promise<void> => {
    steps += 1;
    if (steps === endedAt) throw new Error('the command was ended');
    await handle();
  };
  const operator = operatorOf(on, step);
  const send = operator.uploads.sendMany;
  operator.uploads.sendMany = async (messages) => {
    await send(messages);
    await step();
  };
  for (; ; endedAt += 1) {
    steps = 0;
    const isEnded = await rebuildSite(operator, await stockOf(on), noShow).then(
      () => false,
      () => true,
    );
    if (!isEnded) break;
  }
  expect(endedAt).toBeGreaterThan(8);
  expect(await on.list('site')).toEqual(site);
  expect(await recordsOf(on)).toEqual(records);
  await expectSettled(on, live);
});

/** Has messages handled as they come, while something else goes on. */
const whilePublishing = async <T>(on: Press, work: Promise<T>): Promise<T> => {
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
  press = await startPress({ now: () => new Date(Date.now() + later) });
  // Announced, and months later too old to be. By the second, as uploads are dated.
  const dated = `---\ntitle: Dated\ndate: ${new Date().toISOString().replace(/\.\d+Z$/, 'Z')}\n---\n\nIt was news.\n`;
  await press.upload('dated.md', dated);
  await fill(press);
  const site = await press.list('site');
  const latest = async () => [...(await press.items())].filter(([key]) => key.startsWith('LATEST'));
  const before = await latest();
  for (const { pk, sk } of (await press.items()).values())
    await press.table.writeMany([{ delete: { pk: String(pk), sk: String(sk) } }]);
  later = 100 * 24 * 60 * 60 * 1000;
  const on = operatorOf(press, async () => {});
  const stock = await takeStock(on);
  expect(stock).toMatchObject({ seeds: [], gone: [], pictures: [{ key: '2026/port.png', sequencer: '0' }] });
  expect(stock.unrecorded.map(({ key }) => key)).toEqual(
    ['dated.md', ...tenSeeds.map(([key]) => key)].filter((key) => key !== '2026/port.png'),
  );
  await whilePublishing(press, rebuildSite(on, stock, noShow));
  // Uploads of one second have no order.
  const datesOf = (items: typeof before) => items.map(([key, { published }]) => [key, published]);
  const addressesOf = (items: typeof before) => items.map(([, { id, slug }]) => `${id} ${slug}`).toSorted();
  expect(datesOf(await latest())).toEqual(datesOf(before));
  expect(addressesOf(await latest())).toEqual(addressesOf(before));
  expect([...(await press.list('site')).keys()]).toEqual([...site.keys()]);
  await expectSettled(press, new Map([...live, ['dated.md', dated]]));
}, 30_000);

test('a seed whose object is gone is withdrawn, and an object that no event told of is published', async () => {
  press = await startPress();
  await fill(press);
  await press.remove('named.md');
  await press.upload('2027/new.md', 'A new one\n\nNobody was told.\n');
  press.pending.splice(0);
  const on = operatorOf(press, async () => {});
  const stock = await takeStock(on);
  expect(stock.gone.map(({ key }) => key)).toEqual(['named.md']);
  expect(stock.unrecorded.map(({ key }) => key)).toEqual(['2027/new.md']);
  await whilePublishing(press, rebuildSite(on, stock, noShow));
  const bucket = new Map([...live, ['2027/new.md', '']]);
  bucket.delete('named.md');
  await expectSettled(press, bucket);
}, 30_000);
