import { toObjectKey } from '../adapters/site-objects.ts';
import type { Preview } from '../adapters/table/previews.ts';
import type { ArticleRecord } from '../core/lifecycle/article-record.ts';
import type { SeedRecord } from '../core/lifecycle/seed-record.ts';
import { buildPreviewEntry, type PreviewSource, selectPreview } from '../core/lifecycle/select-preview.ts';
import { sitePaths } from '../core/site-paths.ts';
import { mapInParallel } from '../platform/concurrency.ts';
import { internalFolders } from '../platform/contract.ts';
import type { BuildContext } from './build-context.ts';
import { reconsiderPictures } from './hold-pictures.ts';
import { planPreview } from './plan-preview.ts';
import { copyPreviewPictures, findPicturePaths, readPreviewPictures } from './preview-pictures.ts';
import { resolvePreviewLinks } from './resolve-preview-links.ts';
import { writeDocuments } from './write-documents.ts';

/**
 * Writes the preview of a seed that is not public, or removes it once the seed is published, deleted or refused. Every
 * step may be repeated after a crash: what may be in the site's bucket is recorded before it is written.
 * @returns the preview that there is now
 * @param article that the seed is published from; undefined for a seed that is refused for its sake
 */
export const updatePreview = async (
  context: BuildContext,
  seed: SeedRecord,
  article: ArticleRecord | undefined,
): Promise<Preview | undefined> => {
  const { previews, seeds } = context.services;
  const source = selectPreview(seed, article);
  if (!source && !seed.hasPreview) return undefined;
  const [before] = seed.hasPreview ? await previews.getMany([seed.key]) : [];
  if (source) {
    if (!seed.hasPreview) await seeds.saveBuilderFields(seed.key, { hasPreview: true });
    return writePreview(context, seed, source, before);
  }
  if (before) await removePreview(context, seed, before);
  await seeds.saveBuilderFields(seed.key, { hasPreview: false });
  return undefined;
};

const writePreview = async (
  context: BuildContext,
  seed: SeedRecord,
  source: PreviewSource,
  before: Preview | undefined,
): Promise<Preview> => {
  const { bodies, limitBodies, services } = context;
  const { createId, previews, site } = services;
  const { reason, due, version } = source;
  const id = before?.id ?? createId();
  const entry = await resolvePreviewLinks(services, seed.key, buildPreviewEntry(id, seed.key, source));
  const paths = await limitBodies(entry.bodyLength, async () =>
    findPicturePaths(await bodies.readFullEntry(entry), site),
  );
  const pictures = await readPreviewPictures(services, id, paths);
  const known = before?.pictures ?? [];
  const shownFirst = pictures.filter(({ path, seed }) => seed.copyFingerprint && !known.includes(path));
  await reconsiderPictures(
    services,
    shownFirst.map((picture) => picture.seed),
  );
  const planned = planPreview(context, { id, pictures }, entry, source);
  const preview = {
    key: seed.key,
    id,
    title: version.title,
    bodyKey: version.bodyKey,
    ...(reason !== undefined && { reason }),
    ...(due !== undefined && { due }),
    ...(paths.length > 0 && { pictures: paths }),
  };
  const written = before?.fingerprints ?? {};
  const objects = [...planned.map(({ path }) => path), ...pictures.map(({ copyPath }) => copyPath)];
  const expected = Object.fromEntries(objects.map((path) => [path, '']));
  if (objects.some((path) => written[path] === undefined))
    await previews.save({
      ...preview,
      bodyKey: before?.bodyKey ?? version.bodyKey,
      fingerprints: { ...expected, ...written },
    });
  const copies = await copyPreviewPictures(services, pictures, written);
  const { kept = [], rest = [] } = Object.groupBy(Object.entries(written), ([path]) =>
    path in copies ? 'kept' : 'rest',
  );
  const documents = await writeDocuments(context, Object.fromEntries(rest), planned);
  const fingerprints = { ...Object.fromEntries(kept), ...documents.fingerprints, ...copies };
  if (before) await deleteOldBody(context, seed, before);
  await previews.save({ ...preview, fingerprints });
  return { ...preview, fingerprints };
};

const removePreview = async (context: BuildContext, seed: SeedRecord, before: Preview): Promise<void> => {
  const { buckets, previews, seeds } = context.services;
  const keys = (before.pictures ?? []).map((path) => path.slice(sitePaths.image('').length));
  const pictures = await seeds.getMany([...new Set(keys.flatMap((key) => [key, key.normalize('NFD')]))]);
  await reconsiderPictures(
    context.services,
    pictures.filter(({ isHeld }) => isHeld),
  );
  await mapInParallel(Object.keys(before.fingerprints), (path) => buckets.site.delete(toObjectKey(path)));
  await deleteOldBody(context, seed, before);
  await previews.remove(seed.key);
};

/** A scheduled article is published with the body that its preview shows. */
const deleteOldBody = async (
  { services }: BuildContext,
  { draft, version }: SeedRecord,
  { bodyKey }: Preview,
): Promise<void> => {
  if (bodyKey === draft?.bodyKey || bodyKey === version?.bodyKey) return;
  await services.buckets.internal.delete(internalFolders.bodies + bodyKey);
};
