import { toObjectKey } from '../adapters/site-objects.ts';
import type { SeedRecord } from '../core/lifecycle/seed-record.ts';
import { toPicture, toSizesId } from '../core/lifecycle/to-picture.ts';
import { type Picture, planPictureSizes } from '../core/picture-sizes.ts';
import { sitePaths } from '../core/site-paths.ts';
import { listPictureCopyPaths } from '../core/site-pictures.ts';
import { mapInParallel } from '../platform/concurrency.ts';
import type { BuildContext } from './build-context.ts';
import { isPublicPicture, reconsiderPictures } from './hold-pictures.ts';
import type { PublishServices } from './services.ts';
import type { UpdatedArticle } from './update-articles.ts';

/** Has sizes made of the pictures that articles of this round show and that have none. */
export const requestSizes = async ({ services, shownPictures, build }: BuildContext): Promise<void> => {
  const { rebuildId } = build;
  const requests = [...shownPictures.values()].flatMap(({ key, etag, image, sizes }) => {
    if (etag === undefined || !image?.canBeResized) return [];
    const id = toSizesId(key, etag);
    const isMade = sizes?.id === id && sizes.rebuildId === rebuildId;
    return isMade ? [] : [{ key, etag, id, ...(rebuildId !== undefined && { rebuildId }) }];
  });
  if (requests.length > 0) await services.pictures.request(requests);
};

const deleteSizes = async ({ buckets }: PublishServices, { sizes, ...picture }: Picture): Promise<void> => {
  if (!sizes) return;
  const { webp, compatible } = planPictureSizes(picture);
  const names = [
    ...webp.map(({ width }) => `${width}.webp`),
    ...compatible.map(({ width }) => `${width}.${sizes.type}`),
  ];
  await mapInParallel(names, (name) => buckets.site.delete(toObjectKey(sitePaths.pictureSize(sizes.id, name))));
};

/** Letters and feeds have the sizes under other names, too. */
export const deletePictureCopies = async ({ buckets }: PublishServices, key: string): Promise<void> => {
  await mapInParallel(listPictureCopyPaths(sitePaths.image(key)), (path) => buckets.site.delete(toObjectKey(path)));
};

/** Deletes copies of another picture under the same key, where none are to be made of the one that is there now. */
export const deleteOldCopies = async (
  services: PublishServices,
  seed: SeedRecord,
  /** Whether the site has another picture than before, or the same once more. */
  isWrittenAgain: boolean,
): Promise<void> => {
  const { key, etag, image, copyFingerprint = '', sizes } = seed;
  if (etag === undefined || copyFingerprint === '' || toPicture(seed)?.sizes) return;
  const isGivenUp = sizes?.id === toSizesId(key, etag);
  const isLeft = isGivenUp || (isWrittenAgain && (!image?.canBeResized || !(await isPublicPicture(services, key))));
  if (isLeft) await deletePictureCopies(services, key);
};

interface ToldPicture {
  readonly shown: Picture | undefined;
  readonly formerPicture: Picture | undefined;
}

/**
 * Deletes sizes that no article shows. Those of another picture under the same key go in the next round, once articles
 * show the new one.
 * @returns what articles are told of the picture
 */
export const finalizeSizes = async (services: PublishServices, seed: SeedRecord): Promise<ToldPicture> => {
  const { key, etag = '', copyFingerprint = '', shown: before, formerPicture, sizes } = seed;
  const picture = copyFingerprint === '' ? undefined : toPicture(seed);
  const isUnshown = picture?.sizes !== undefined && !(await isPublicPicture(services, key));
  const shown = picture && isUnshown ? { width: picture.width, height: picture.height } : picture;
  const left = before?.sizes?.id === shown?.sizes?.id ? undefined : before;
  const isReplaced = left?.sizes !== undefined && picture !== undefined && !isUnshown;
  const { id, type } = sizes ?? {};
  const isTold = id === shown?.sizes?.id || id === left?.sizes?.id;
  const stored = id === toSizesId(key, etag) ? picture : before;
  const untold = id && type && stored && !isTold ? { ...stored, sizes: { id, type } } : undefined;
  for (const unneeded of [formerPicture, untold, isReplaced ? undefined : left])
    if (unneeded) await deleteSizes(services, unneeded);
  if (id && type && id !== shown?.sizes?.id) await services.seeds.removeSizes(key, id);
  if (isReplaced) await reconsiderPictures(services, [seed], 'replaced');
  return { shown, formerPicture: isReplaced ? left : undefined };
};

/** Has pictures looked at again that an article of this round has shown and no longer does. */
export const reconsiderUnshownPictures = async (
  services: PublishServices,
  updated: readonly Pick<UpdatedArticle, 'previous' | 'record'>[],
): Promise<void> => {
  const listPaths = (record: UpdatedArticle['previous']): string[] =>
    record?.state === 'published'
      ? (record.entry?.pictures ?? []).flatMap(({ path, sizes }) => (sizes ? [path] : []))
      : [];
  const paths = updated.flatMap(({ previous, record }) => {
    const after = record.state === 'published' ? (record.entry?.pictures ?? []).map(({ path }) => path) : [];
    return listPaths(previous).filter((path) => !after.includes(path));
  });
  if (paths.length === 0) return;
  const keys = [...new Set(paths)].map((path) => path.slice(sitePaths.image('').length));
  const found = await services.seeds.getMany([...new Set(keys.flatMap((key) => [key, key.normalize('NFD')]))]);
  await reconsiderPictures(services, found, 'unshown');
};
