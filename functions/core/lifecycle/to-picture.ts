import { isDeepStrictEqual } from 'node:util';
import { fingerprint } from '../identity.ts';
import type { Picture } from '../picture-sizes.ts';
import type { SeedRecord } from './seed-record.ts';

/** Of how sizes are made: a new version makes all of them again, under other names. */
const picturesVersion = 1;

/** Names the folder of a picture's sizes on the site: another picture under the same key has another. */
export const toSizesId = (key: string, etag: string): string => fingerprint(String(picturesVersion), key, etag);

/** A picture as articles show it; undefined where its size is not known. */
export const toPicture = ({ key, etag, image, sizes, rejection, shown }: SeedRecord): Picture | undefined => {
  // The picture before a refused one stays.
  if (rejection) return rejection.isAfterwards ? undefined : shown;
  if (!image || etag === undefined) return undefined;
  const { canBeResized: _canBeResized, ...shownImage } = image;
  const { id, type } = sizes ?? {};
  return { ...shownImage, ...(type && id === toSizesId(key, etag) && { sizes: { id, type } }) };
};

/** Whether articles are to be told of another size of a picture than before, or to have its sizes made. */
export const isPictureOther = (seed: SeedRecord): boolean => {
  const { key, etag, image, sizes } = seed;
  const isUnmade = etag !== undefined && image?.canBeResized === true && sizes?.id !== toSizesId(key, etag);
  return isUnmade || !isDeepStrictEqual(seed.shown, toPicture(seed));
};
