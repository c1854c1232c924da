import { toObjectKey } from '../adapters/site-objects.ts';
import { maxSeedBytes } from '../core/article/check-seed-file.ts';
import { fingerprint } from '../core/identity.ts';
import { stripImageMetadata } from '../core/image/strip-image-metadata.ts';
import type { SeedRecord } from '../core/lifecycle/seed-record.ts';
import { findImageType } from '../core/seed-kind.ts';
import { sitePaths } from '../core/site-paths.ts';
import type { PublishServices } from './services.ts';

const imageCacheControl = 'public, max-age=86400, s-maxage=10';

/**
 * Writes an uploaded image to the site without its metadata, or deletes it there when the upload is gone or not public.
 * @returns the fingerprint of the image that is on the site now, or an empty string
 */
export const publishImage = async (
  { buckets, buildVersion }: PublishServices,
  { key, etag: uploaded, imageFingerprint = '', rejection, withheld }: SeedRecord,
): Promise<string> => {
  const etag = withheld ? undefined : uploaded;
  const wanted = etag === undefined ? '' : fingerprint(buildVersion, etag);
  if (rejection || (etag && wanted === imageFingerprint)) return imageFingerprint;
  const siteKey = toObjectKey(sitePaths.image(key));
  const image = etag === undefined ? undefined : await buckets.seeds.get(key, maxSeedBytes);
  if (!image) {
    await buckets.site.delete(siteKey);
    return '';
  }
  // Uploaded again since it was checked: its own event follows.
  if (!image.bytes || image.etag !== etag) return imageFingerprint;
  await buckets.site.put(siteKey, stripImageMetadata(key, image.bytes), {
    contentType: findImageType(key) ?? 'application/octet-stream',
    cacheControl: imageCacheControl,
  });
  return wanted;
};
