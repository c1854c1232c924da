import { expect } from 'vitest';
import { z } from 'zod';
import { type ArticleRecord, articleRecordSchema } from '../../functions/core/lifecycle/article-record.ts';
import { isLive } from '../../functions/core/lifecycle/decide-lifecycle.ts';
import { findArticleId, type SeedRecord, seedRecordSchema } from '../../functions/core/lifecycle/seed-record.ts';
import type { PublishFixture } from './publish-fixture.ts';

const buildSchema = z.object({ requested: z.number(), built: z.number(), leaseUntil: z.never().optional() });

const previewItem = z.object({ sk: z.string(), fingerprints: z.record(z.string(), z.string()) });

/** The keys of seeds that have a preview: drafts, and what waits for its date. */
const findNotPublic = (seeds: readonly SeedRecord[], articles: readonly ArticleRecord[]): string[] => {
  const scheduled = new Set(articles.filter(({ state }) => state === 'scheduled').map(({ id }) => id));
  return seeds
    .filter((seed) => seed.draft ?? (isLive(seed) && scheduled.has(findArticleId(seed) ?? '')))
    .map(({ key }) => key);
};

/**
 * What must hold once every message was handled: the records say what the bucket holds, the lists say what the records
 * say, nothing is left to do, and making every document anew changes none of them.
 */
export const expectConsistentSite = async (
  fixture: PublishFixture,
  bucket: ReadonlyMap<string, string>,
): Promise<void> => {
  const items = await fixture.listItems();
  const listItemsUnder = (prefix: string) =>
    [...items].filter(([key]) => key.startsWith(prefix)).map(([, item]) => item);
  const seeds = listItemsUnder('SEED#').map((item) => seedRecordSchema.parse(item));
  const articles = listItemsUnder('ARTICLE#').map((item) => articleRecordSchema.parse(item));

  expect(listItemsUnder('CHANGED')).toEqual([]);
  const build = buildSchema.parse(listItemsUnder('BUILD')[0]);
  expect(build.built).toBe(build.requested);

  expect(new Set(seeds.filter(({ uploadedAt }) => uploadedAt).map(({ key }) => key))).toEqual(new Set(bucket.keys()));
  const live = new Map(seeds.filter(isLive).map((seed) => [findArticleId(seed) ?? '', seed]));
  const published = articles.filter(({ state }) => state !== 'withdrawn');
  expect(new Set(published.map(({ id }) => id))).toEqual(new Set(live.keys()));
  for (const { id, state, entry, stalePositions } of articles) {
    expect(stalePositions, id).toEqual([]);
    if (state === 'published') expect(entry?.revision, id).toBe(live.get(id)?.version.revision);
  }

  const placed = articles.flatMap(({ positions }) => positions.map(({ list, sortKey }) => `${list} | ${sortKey}`));
  const listed = [...items.keys()].filter((key) =>
    /^(LATEST|RETURNED|CORRECTIONS|WITHDRAWN|SCHEDULED|PAGES|MONTH#|TOPIC#|AUTHOR#)/.test(key),
  );
  expect(listed.toSorted()).toEqual(placed.toSorted());

  const before = await fixture.list('site');
  const previews = listItemsUnder('PREVIEWS').map((item) => previewItem.parse(item));
  expect(new Set(previews.map(({ sk }) => sk))).toEqual(new Set(findNotPublic(seeds, articles)));
  const previewed = [...before.keys()].filter((key) => key.startsWith('previews/')).map((key) => `/${key}`);
  expect(previewed.toSorted()).toEqual(previews.flatMap(({ fingerprints }) => Object.keys(fingerprints)).toSorted());
  const pages = [...before.keys()].filter((key) => key.startsWith('articles/'));
  const slugs = articles.flatMap(({ state, entry }) =>
    state === 'published' && entry && !entry.page ? [`articles/${entry.slug}`] : [],
  );
  expect(pages.toSorted()).toEqual(slugs.toSorted());
  const bodies = [...(await fixture.list('internal')).keys()].filter((key) => key.startsWith('bodies/'));
  for (const { version } of seeds.filter(isLive)) expect(bodies).toContain(`bodies/${version.bodyKey}`);

  const rebuildServices = fixture.createFixtureServices({}, 'another build version');
  fixture.tick();
  await fixture.deliverAll(rebuildServices);
  expect(await fixture.list('site')).toEqual(before);
};
