import type { SeedRecord } from '../core/lifecycle/seed-record.ts';
import { mapInParallel } from '../platform/concurrency.ts';
import { internalFolders } from '../platform/contract.ts';
import { publishImage } from './publish-image.ts';
import type { PublishServices } from './services.ts';
import { listClaimedIds, type UpdatedArticle } from './update-articles.ts';
import { writeRejection } from './write-rejection.ts';

/** Records the ids that a seed may have before the articles change, so that none is lost when its id changes. */
export const claimArticles = async ({ seeds }: PublishServices, seed: SeedRecord): Promise<void> => {
  const articleIds = listClaimedIds(seed);
  if (articleIds.length > (seed.articleIds?.length ?? 0)) await seeds.saveBuilderFields(seed.key, { articleIds });
};

/** Once the documents are written, forgets the positions that articles have left and deletes their old bodies. */
export const finalizeArticles = async (
  { articles, buckets }: PublishServices,
  updated: readonly UpdatedArticle[],
): Promise<void> => {
  await articles.save(
    updated
      .filter(({ record }) => record.stalePositions.length > 0)
      .map(({ record }) => ({ ...record, stalePositions: [] })),
  );
  const oldBodies = updated.flatMap(({ previous, record }) => {
    const bodyKey = previous?.entry?.bodyKey;
    return bodyKey && bodyKey !== record.entry?.bodyKey ? [internalFolders.bodies + bodyKey] : [];
  });
  await mapInParallel(oldBodies, (key) => buckets.internal.delete(key));
};

/** Writes a seed's rejection report or image, and records the one article that it is now. */
export const finalizeSeed = async (services: PublishServices, seed: SeedRecord): Promise<void> => {
  await writeRejection(services, seed);
  if (seed.kind === 'image') {
    const imageFingerprint = await publishImage(services, seed);
    if (imageFingerprint !== (seed.imageFingerprint ?? ''))
      await services.seeds.saveBuilderFields(seed.key, { imageFingerprint });
  }
  const articleIds = seed.version ? [seed.version.id] : [];
  if (listClaimedIds(seed).length > articleIds.length) await services.seeds.saveBuilderFields(seed.key, { articleIds });
};
