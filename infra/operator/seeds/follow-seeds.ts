import { setTimeout as sleep } from 'node:timers/promises';
import { imageType } from '../../../functions/core/article/seed-kind.ts';
import type { ArticleRecord, SeedRecord } from '../../../functions/core/filing/records.ts';
import { addressOf, sitePaths } from '../../../functions/core/site-paths.ts';
import { inParallel } from '../../../functions/publishing/in-parallel.ts';
import { keyOf } from '../../../functions/publishing/write-documents.ts';
import { judgeDeletion, judgeSeed, type Outcome } from './judge-seed.ts';
import type { Seeds } from './open-seeds.ts';

/** Milliseconds between two looks, and for which nothing may come. */
const [pause, patience] = [400, 120_000];

/** A change of a key that was made, and by what its result is told from an earlier one. */
export interface Expected {
  readonly key: string;
  /** Of the uploaded object; absent after a deletion. */
  readonly etag?: string;
  /** The sequencer that the key's record had before, if any. */
  readonly before?: string | undefined;
  /** Id of the article that a deleted seed was. */
  readonly article?: string | undefined;
}

type Following = Pick<Seeds, 'seeds' | 'articles' | 'buckets' | 'site'>;

/** Whether a record was made after the change; of content that is not ours, whether the bucket holds that. */
const arrival = async (
  { buckets }: Following,
  record: SeedRecord,
  { etag, before }: Expected,
): Promise<'arrived' | 'replaced' | 'not yet'> => {
  if (record.sequencer === before) return 'not yet';
  if (record.etag === etag) return 'arrived';
  return (await buckets.seeds.head(record.key))?.etag === etag ? 'not yet' : 'replaced';
};

/** Pictures have no article; whether the site has the picture, the site's bucket says. */
const judgeImage = async (
  { buckets, site }: Following,
  { key, etag }: Expected,
  record: SeedRecord,
): Promise<Outcome | undefined> => {
  if (record.rejection) return judgeSeed(record, undefined, site);
  const path = sitePaths.image(key);
  if ((await buckets.site.head(keyOf(path)))?.etag !== etag) return undefined;
  return etag === undefined ? { state: 'withdrawn' } : { state: 'published', address: addressOf(site, path) };
};

const judge = async (
  on: Following,
  expected: Expected,
  {
    record,
    articles,
  }: { readonly record: SeedRecord; readonly articles: ReadonlyMap<string, ArticleRecord> },
): Promise<Outcome | undefined> => {
  if (imageType(expected.key) !== undefined) return judgeImage(on, expected, record);
  if (expected.etag === undefined)
    return judgeDeletion(expected.key, articles.get(expected.article ?? ''), on.site);
  return judgeSeed(record, articles.get(record.version?.id ?? ''), on.site);
};

/** One look at keys that nothing has come of yet. */
const createLook = (on: Following) => {
  // A record is marked as changed just after it is written: its mark is looked for one look later.
  const arrivedBefore = new Set<string>();
  return async (pending: ReadonlyMap<string, Expected>): Promise<ReadonlyMap<string, Outcome>> => {
    const found = new Map<string, Outcome>();
    const arrived: { expected: Expected; record: SeedRecord }[] = [];
    await inParallel(await on.seeds.getMany([...pending.keys()]), async (record) => {
      const expected = pending.get(record.key);
      if (!expected) return;
      const how = await arrival(on, record, expected);
      if (how === 'replaced') found.set(record.key, { state: 'replaced' });
      if (how !== 'arrived') return;
      if (arrivedBefore.has(record.key)) arrived.push({ expected, record });
      arrivedBefore.add(record.key);
    });
    const marked = new Set(await on.seeds.marked(arrived.map(({ record }) => record.key)));
    const built = arrived.filter(({ record }) => !marked.has(record.key));
    const ids = built.flatMap(({ expected, record }) => expected.article ?? record.version?.id ?? []);
    const records = await on.articles.getMany([...new Set(ids)]);
    const articles = new Map(records.map((article) => [article.id, article]));
    await inParallel(built, async ({ expected, record }) => {
      const outcome = await judge(on, expected, { record, articles });
      if (outcome) found.set(record.key, outcome);
    });
    return found;
  };
};

/**
 * Waits until the site has followed changes of keys, or nothing more happens for two minutes.
 * @param show takes each outcome as it is known
 * @returns every key's; that of one that nothing came of is `waiting`
 */
export const followSeeds = async (
  on: Following,
  expected: readonly Expected[],
  show: (key: string, outcome: Outcome) => void,
): Promise<Map<string, Outcome>> => {
  const pending = new Map(expected.map((each) => [each.key, each]));
  const outcomes = new Map<string, Outcome>(expected.map(({ key }) => [key, { state: 'waiting' }]));
  const look = createLook(on);
  for (let since = performance.now(); pending.size > 0 && performance.now() - since < patience; ) {
    const began = performance.now();
    for (const [key, outcome] of await look(pending)) {
      pending.delete(key);
      outcomes.set(key, outcome);
      show(key, outcome);
      since = performance.now();
    }
    // To look after thousands of keys takes a while, which is not to be all that it does.
    if (pending.size > 0) await sleep(Math.max(pause, 3 * (performance.now() - began)));
  }
  return outcomes;
};
