import { isDeepStrictEqual } from 'node:util';
import type { Preview } from '../adapters/table/previews.ts';
import type { SeedWarning } from '../core/article.ts';
import type { ArticleRecord } from '../core/lifecycle/article-record.ts';
import { findArticleId, type Rejection, type SeedRecord } from '../core/lifecycle/seed-record.ts';
import { listLinkWarnings } from '../core/links/list-link-warnings.ts';
import { mapInParallel } from '../platform/concurrency.ts';
import { internalFolders } from '../platform/contract.ts';
import { findFailure } from './acknowledge-changes.ts';
import { deleteStaleCards } from './article-cards.ts';
import type { BuildContext } from './build-context.ts';
import { createHold, reconsiderPictures, releasePictures } from './hold-pictures.ts';
import { isolateFailures, mapSeparately } from './isolate-failures.ts';
import { deleteOldCopies, finalizeSizes, reconsiderUnshownPictures } from './picture-sizes.ts';
import { publishCopy } from './publish-copy.ts';
import type { PublishServices } from './services.ts';
import type { UpdatedArticle } from './update-articles.ts';
import { updatePreview } from './update-preview.ts';
import { writeNotice } from './write-notice.ts';
import { writeRejection } from './write-rejection.ts';

/** Once the documents are written, forgets the positions that articles have left and deletes their old cards and bodies. */
export const finalizeArticles = async (
  { services, failures }: BuildContext,
  updated: readonly UpdatedArticle[],
): Promise<void> => {
  const { articles, buckets } = services;
  const fail = ({ record }: UpdatedArticle, error: unknown) => failures.articles.set(record.id, error);
  const done = updated.filter(({ record }) => !failures.articles.has(record.id));
  await isolateFailures(
    done.filter(({ record }) => record.stalePositions.length > 0 || record.staleCards),
    async (some) => {
      await mapInParallel(some, ({ record }) => deleteStaleCards(services, record));
      await articles.save(
        some.map(({ record: { staleCards: _staleCards, ...record } }) => ({ ...record, stalePositions: [] })),
      );
      return [];
    },
    fail,
  );
  await mapSeparately(
    done,
    async ({ previous, record }) => {
      const bodyKey = previous?.entry?.bodyKey;
      if (bodyKey && bodyKey !== record.entry?.bodyKey) await buckets.internal.delete(internalFolders.bodies + bodyKey);
    },
    fail,
  );
};

/** An image is read and written whole, up to 10 MB each way: more at once would take too much memory. */
const maxImagesInParallel = 4;

const isCopied = ({ kind }: SeedRecord): boolean => kind === 'image' || kind === 'file';

/**
 * Writes reports on the seeds that changed or whose conflict did, publishes images and files, and records what seeds
 * are now.
 */
export const finalizeSeeds = async (
  context: BuildContext,
  changed: readonly SeedRecord[],
  updated: readonly UpdatedArticle[],
): Promise<void> => {
  const { services, failures } = context;
  const articles = updated.filter(({ record }) => !failures.articles.has(record.id));
  const conflicts = new Map(
    articles.flatMap(({ record, conflicting }) =>
      conflicting.map((seed): [string, Rejection] => [seed.key, buildConflict(record, seed)]),
    ),
  );
  const others = articles
    .flatMap(({ seeds, conflicting }) => [...seeds, ...conflicting])
    .filter(({ key, rejection }) => conflicts.has(key) !== (rejection?.isFromBuild ?? false));
  const articlesByKey = new Map(articles.flatMap((article) => article.seeds.map(({ key }) => [key, article] as const)));
  const byKey = new Map([...others, ...changed].map((seed) => [seed.key, seed]));
  const sound = [...byKey.values()].filter((seed) => !findFailure(context, seed));
  const finalizeAll = (seeds: readonly SeedRecord[], finalize: (seed: SeedRecord) => Promise<void>, limit?: number) =>
    mapSeparately(seeds, finalize, ({ key }, error) => failures.seeds.set(key, error), limit);
  await finalizeAll(
    sound.filter((seed) => !isCopied(seed)),
    async (seed) => {
      const conflict = conflicts.get(seed.key);
      const article = articlesByKey.get(seed.key);
      const preview = await updatePreview(context, seed, conflict ? undefined : article?.record);
      const shown = article?.record.state === 'published' ? article.record.entry : undefined;
      const found = [...(article?.warnings ?? []), ...listLinkWarnings(shown)];
      const checked = await saveWarnings(services, seed, found);
      await finalizeSeed(services, checked, { conflict, preview });
    },
  );
  await releasePictures(services, articles);
  await reconsiderUnshownPictures(services, articles);
  const isHeld = await createHold(services, sound);
  await finalizeAll(
    sound.filter(isCopied),
    async (seed) => {
      await finalizeSeed(services, seed, { conflict: undefined, preview: undefined });
      await finalizeCopy(services, seed, await isHeld(seed));
    },
    maxImagesInParallel,
  );
};

/** What leaves the site or stays off it is recorded first; what comes to it is looked at anew, so that links follow. */
const finalizeCopy = async (services: PublishServices, seed: SeedRecord, isHeld: boolean): Promise<void> => {
  const { seeds } = services;
  const { key, copyFingerprint: before = '', isHeld: wasHeld = false } = seed;
  if (isHeld !== wasHeld) await seeds.saveBuilderFields(key, { isHeld });
  if (wasHeld && !isHeld && seed.etag !== undefined) return reconsiderPictures(services, [seed], 'released');
  const copyFingerprint = await publishCopy(services, { ...seed, isHeld });
  if (seed.kind === 'image')
    await deleteOldCopies(services, { ...seed, copyFingerprint }, before !== '' && copyFingerprint !== before);
  const told = seed.kind === 'image' ? await finalizeSizes(services, { ...seed, isHeld, copyFingerprint }) : {};
  const { shown, formerPicture } = seed;
  if (copyFingerprint !== before || !isDeepStrictEqual(told, seed.kind === 'image' ? { shown, formerPicture } : {}))
    await seeds.saveBuilderFields(key, { copyFingerprint, ...told });
};

const saveWarnings = async (
  { seeds }: PublishServices,
  { buildWarnings: before = [], ...seed }: SeedRecord,
  found: readonly SeedWarning[],
): Promise<SeedRecord> => {
  const buildWarnings = [...found];
  if (!isDeepStrictEqual(before, buildWarnings)) await seeds.saveBuilderFields(seed.key, { buildWarnings });
  return { ...seed, buildWarnings };
};

const buildConflict = (
  { id, seedKeys: [owner], lastSeed }: ArticleRecord,
  { version }: Pick<SeedRecord, 'version'>,
): Rejection => ({
  reason:
    version?.content && version.content === lastSeed?.content
      ? `It is one of too many copies of ${owner}. Delete those that you do not need.`
      : `It has the same id as ${owner}, which is published, but not the same content: ${id}. Give it an id of its own, or delete ${owner} if this file replaces it.`,
  isFromBuild: true,
});

const finalizeSeed = async (
  services: PublishServices,
  { rejection: before, ...seed }: SeedRecord,
  { conflict, preview }: { readonly conflict: Rejection | undefined; readonly preview: Preview | undefined },
): Promise<void> => {
  const { seeds, log } = services;
  const rejection = before && !before.isFromBuild ? before : conflict;
  if (rejection?.reason !== before?.reason) await seeds.saveRejection(seed, rejection);
  if (conflict && rejection === conflict && conflict.reason !== before?.reason) {
    log.count('rejections', 1);
    log.warn('seed rejected', { key: seed.key, reason: conflict.reason });
  }
  await writeRejection(services, { ...seed, ...(rejection && { rejection }) });
  await writeNotice(services, seed, preview);
  const id = findArticleId(seed);
  if (id !== undefined && (seed.articleIds?.length ?? 0) > 1)
    await seeds.saveBuilderFields(seed.key, { articleIds: [id] });
};
