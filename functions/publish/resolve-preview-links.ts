import type { Entry } from '../core/entry.ts';
import { findReferenceName } from '../core/links/find-candidates.ts';
import { resolveImage } from '../core/links/resolve-image.ts';
import { findImageType } from '../core/seed-kind.ts';
import { sitePaths } from '../core/site-paths.ts';
import { resolveUnpublishedEntry } from './resolve-links.ts';
import type { PublishServices } from './services.ts';

/** Keys in the folder of a seed and in those above it. */
const listNearKeys = (from: string, name: string): string[] => {
  const folders = from.split('/').slice(0, -1);
  return Array.from({ length: folders.length + 1 }, (_, index) =>
    [...folders.slice(0, folders.length - index), name].join('/'),
  );
};

/**
 * Gives the entry of a preview the addresses of what it refers to. Pictures that are kept off the site are found beside
 * the draft: the preview has copies of them.
 */
export const resolvePreviewLinks = async (services: PublishServices, key: string, entry: Entry): Promise<Entry> => {
  const resolved = await resolveUnpublishedEntry(services, key, entry);
  const missing = (entry.references ?? []).filter(
    (reference) => resolved.links?.[reference] === undefined && findImageType(reference),
  );
  if (missing.length === 0) return resolved;
  const wanted = missing.map((reference) => {
    const target = reference.slice(reference.indexOf('/') + 1);
    const isPath = findReferenceName(reference) === undefined;
    return { reference, keys: isPath ? [target, target.normalize('NFD')] : listNearKeys(key, target) };
  });
  const found = await services.seeds.getMany([...new Set(wanted.flatMap(({ keys }) => keys))]);
  const present = new Set(
    found.filter(({ etag, rejection }) => etag !== undefined && !rejection).map((seed) => seed.key),
  );
  const paths = wanted.flatMap(({ reference, keys }): [string, string][] => {
    const near = keys.find((each) => present.has(each));
    return near === undefined ? [] : [[reference, sitePaths.image(near)]];
  });
  const links = { ...resolved.links, ...Object.fromEntries(paths) };
  const image = entry.image && resolveImage(entry.image, entry, services.site, (reference) => links[reference]);
  return { ...resolved, ...(image && { image }), links };
};
