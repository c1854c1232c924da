import { expect } from 'vitest';
import { z } from 'zod';
import { isLive } from '../../functions/core/filing/decide-filing.ts';
import { articleRecordSchema, seedRecordSchema } from '../../functions/core/filing/records.ts';
import type { Press } from './press.ts';

const buildSchema = z.object({ requested: z.number(), built: z.number(), leaseUntil: z.never().optional() });

/**
 * What must hold once every message was handled: the records say what the bucket holds, the lists say what the records
 * say, nothing is left to do, and making every document anew changes none of them.
 */
export const expectSettled = async (press: Press, bucket: ReadonlyMap<string, string>): Promise<void> => {
  const items = await press.items();
  const of = (prefix: string) => [...items].filter(([key]) => key.startsWith(prefix)).map(([, item]) => item);
  const seeds = of('SEED#').map((item) => seedRecordSchema.parse(item));
  const articles = of('ARTICLE#').map((item) => articleRecordSchema.parse(item));

  expect(of('CHANGED')).toEqual([]);
  const build = buildSchema.parse(of('BUILD')[0]);
  expect(build.built).toBe(build.requested);

  expect(new Set(seeds.filter(({ modified }) => modified).map(({ key }) => key))).toEqual(
    new Set(bucket.keys()),
  );
  const live = new Map(seeds.filter(isLive).map((seed) => [seed.version.id, seed]));
  const published = articles.filter(({ state }) => state !== 'withdrawn');
  expect(new Set(published.map(({ id }) => id))).toEqual(new Set(live.keys()));
  for (const { id, state, entry, left } of articles) {
    expect(left, id).toEqual([]);
    if (state === 'published') expect(entry?.revision, id).toBe(live.get(id)?.version.revision);
  }

  const placed = articles.flatMap(({ placements }) =>
    placements.map(({ list, sort }) => `${list} | ${sort}`),
  );
  const listed = [...items.keys()].filter((key) =>
    /^(LATEST|RETURNED|CORRECTIONS|WITHDRAWN|SCHEDULED|MONTH#|TOPIC#|AUTHOR#)/.test(key),
  );
  expect(listed.toSorted()).toEqual(placed.toSorted());

  const before = await press.list('site');
  const pages = [...before.keys()].filter((key) => key.startsWith('articles/'));
  const slugs = articles.flatMap(({ state, entry }) =>
    state === 'published' && entry ? [`articles/${entry.slug}`] : [],
  );
  expect(pages.toSorted()).toEqual(slugs.toSorted());
  const bodies = [...(await press.list('desk')).keys()].filter((key) => key.startsWith('bodies/'));
  for (const { version } of seeds.filter(isLive)) expect(bodies).toContain(`bodies/${version.body}`);

  const anew = press.wire({}, 'another edition');
  press.tick();
  await press.settle(anew);
  expect(await press.list('site')).toEqual(before);
};
