import { readJsonObject } from '../../../functions/adapters/bucket.ts';
import { toObjectKey } from '../../../functions/adapters/site-objects.ts';
import { articleBodySchema } from '../../../functions/core/entry.ts';
import type { ArticleRecord } from '../../../functions/core/lifecycle/article-record.ts';
import { findArticleId, type SeedRecord } from '../../../functions/core/lifecycle/seed-record.ts';
import { findCopyPath, toSiteUrl } from '../../../functions/core/site-paths.ts';
import { mapInParallel } from '../../../functions/platform/concurrency.ts';
import { internalFolders } from '../../../functions/platform/contract.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { pollUntil } from '../output/poll-until.ts';
import { findDeletionOutcome, findUploadOutcome, type SeedChangeOutcome } from './find-seed-outcome.ts';

const pollOptions = { intervalMs: 400, idleTimeoutMs: 120_000 };

export interface ExpectedChange {
  readonly key: string;
  /** Of the uploaded object; absent after a deletion. */
  readonly etag?: string;
  readonly previousSequencer?: string | undefined;
  readonly articleId?: string | undefined;
}

type FollowStores = Pick<CliServices, 'seeds' | 'articles' | 'previews' | 'buckets' | 'site'>;

/** Whether a record was made after the change; where its content is not ours, whether the bucket has ours. */
const checkArrival = async (
  { buckets }: FollowStores,
  record: SeedRecord,
  { etag, previousSequencer }: ExpectedChange,
): Promise<'arrived' | 'replaced' | 'not yet'> => {
  if (record.sequencer === previousSequencer) return 'not yet';
  if (record.etag === etag) return 'arrived';
  return (await buckets.seeds.head(record.key))?.etag === etag ? 'not yet' : 'replaced';
};

/** Images and files have no article: once their change is built, the site's bucket tells whether the site has them. */
const findCopyOutcome = async (
  { buckets, site }: FollowStores,
  { etag }: ExpectedChange,
  { record, path }: { readonly record: SeedRecord; readonly path: string },
): Promise<SeedChangeOutcome | undefined> => {
  if (record.rejection ?? record.withheld) return findUploadOutcome(record, undefined, { site });
  if (record.isHeld && etag !== undefined) return { state: 'draft', reason: 'Only drafts show this picture.' };
  const isOnSite = (await buckets.site.head(toObjectKey(path))) !== undefined;
  if (isOnSite !== (etag !== undefined)) return undefined;
  if (etag === undefined) return { state: 'withdrawn' };
  const warnings = record.file?.warnings && { warnings: record.file.warnings };
  return { state: 'published', address: toSiteUrl(site, path), ...warnings };
};

interface BuiltChange {
  readonly record: SeedRecord;
  readonly articles: ReadonlyMap<string, ArticleRecord>;
  readonly previewIds: ReadonlyMap<string, string>;
}

/** How many parts of a seed are not in its article, by reason. */
const readCut = async ({ buckets }: FollowStores, bodyKey: string): Promise<Pick<SeedChangeOutcome, 'cut'>> => {
  const body = await readJsonObject(buckets.internal, internalFolders.bodies + bodyKey, articleBodySchema);
  if (!body || body.cut.length === 0) return {};
  const counts = new Map<string, number>();
  for (const { reason } of body.cut) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return { cut: Object.fromEntries(counts) };
};

const findOutcome = async (
  stores: FollowStores,
  expected: ExpectedChange,
  { record, articles, previewIds }: BuiltChange,
): Promise<SeedChangeOutcome | undefined> => {
  const path = findCopyPath(expected.key);
  if (path !== undefined) return findCopyOutcome(stores, expected, { record, path });
  if (expected.etag === undefined)
    return findDeletionOutcome(expected.key, articles.get(expected.articleId ?? ''), stores.site);
  const { site } = stores;
  const article = articles.get(findArticleId(record) ?? '');
  const outcome = findUploadOutcome(record, article, { site, previewId: previewIds.get(record.key) });
  const version = record.version ?? record.draft;
  if (!outcome || outcome.state === 'refused' || !version) return outcome;
  return { ...outcome, ...(await readCut(stores, version.bodyKey)) };
};

const createPoller = (stores: FollowStores) => {
  // A record is marked as changed just after it is written: its mark is looked for one look later.
  const arrivedBefore = new Set<string>();
  return async (pending: ReadonlyMap<string, ExpectedChange>): Promise<ReadonlyMap<string, SeedChangeOutcome>> => {
    const found = new Map<string, SeedChangeOutcome>();
    const arrived: { expected: ExpectedChange; record: SeedRecord }[] = [];
    await mapInParallel(await stores.seeds.getMany([...pending.keys()]), async (record) => {
      const expected = pending.get(record.key);
      if (!expected) return;
      const how = await checkArrival(stores, record, expected);
      if (how === 'replaced') found.set(record.key, { state: 'replaced' });
      if (how !== 'arrived') return;
      if (arrivedBefore.has(record.key)) arrived.push({ expected, record });
      arrivedBefore.add(record.key);
    });
    const marked = new Set(await stores.seeds.listMarked(arrived.map(({ record }) => record.key)));
    const built = arrived.filter(({ record }) => !marked.has(record.key));
    const ids = built.flatMap(({ expected, record }) => expected.articleId ?? findArticleId(record) ?? []);
    const records = await stores.articles.getMany([...new Set(ids)]);
    const articles = new Map(records.map((article) => [article.id, article]));
    const withPreview = built.filter(({ record }) => record.hasPreview).map(({ record }) => record.key);
    const previews = await stores.previews.getMany(withPreview);
    const previewIds = new Map(previews.map(({ key, id }) => [key, id]));
    await mapInParallel(built, async ({ expected, record }) => {
      const outcome = await findOutcome(stores, expected, { record, articles, previewIds });
      if (outcome) found.set(record.key, outcome);
    });
    return found;
  };
};

/** The outcome of every key, `waiting` where nothing more happened for two minutes. */
export const followSeeds = async (
  stores: FollowStores,
  expected: readonly ExpectedChange[],
  show: (doneCount: number) => void,
): Promise<Map<string, SeedChangeOutcome>> => {
  const pending = new Map(expected.map((each) => [each.key, each]));
  const outcomes = new Map<string, SeedChangeOutcome>(expected.map(({ key }) => [key, { state: 'waiting' }]));
  const poll = createPoller(stores);
  await pollUntil(pollOptions, async (reportProgress) => {
    if (pending.size === 0) return true;
    for (const [key, outcome] of await poll(pending)) {
      pending.delete(key);
      outcomes.set(key, outcome);
      show(expected.length - pending.size);
      reportProgress();
    }
    return pending.size === 0 || undefined;
  });
  return outcomes;
};
