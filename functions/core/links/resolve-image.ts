import type { Entry } from '../entry.ts';
import { toSiteUrl } from '../site-paths.ts';
import { findReference, parsePlaceholderUrl, type SeedReference } from './seed-references.ts';

/** @returns undefined for a picture that is not on the site */
export const resolveImage = (
  image: NonNullable<Entry['image']>,
  { references = [] }: Pick<Entry, 'references'>,
  site: string,
  findPath: (reference: SeedReference) => string | undefined,
): Entry['image'] => {
  const reference = findReference(image.url, site);
  // An article has more references than are recorded.
  if (reference === undefined || !references.includes(reference))
    return parsePlaceholderUrl(image.url) ? undefined : image;
  const path = findPath(reference);
  return path === undefined ? undefined : { ...image, url: toSiteUrl(site, path) };
};
