import { toObjectKey } from '../adapters/site-objects.ts';
import { fingerprint } from '../core/identity.ts';
import type { SeedRecord } from '../core/lifecycle/seed-record.ts';
import { findImageType } from '../core/seed-kind.ts';
import { sitePaths } from '../core/site-paths.ts';
import type { PublishServices } from './services.ts';

const imageCacheControl = 'public, max-age=86400, s-maxage=10';

/**
 * Copies an uploaded image to the site, or deletes it there when the upload is gone.
 * @returns the fingerprint of the image that is on the site now, or an empty string
 */
export const publishImage = async (
  { buckets, buildVersion }: PublishServices,
  { key, etag, imageFingerprint = '', rejection }: SeedRecord,
): Promise<string> => {
  const wanted = etag === undefined ? '' : fingerprint(buildVersion, etag);
  if (rejection || (etag && wanted === imageFingerprint)) return imageFingerprint;
  const siteKey = toObjectKey(sitePaths.image(key));
  const headers = { contentType: findImageType(key) ?? 'application/octet-stream', cacheControl: imageCacheControl };
  const source = { bucket: buckets.seeds.name, key };
  if (etag && (await buckets.site.copy(source, siteKey, headers))) return wanted;
  await buckets.site.delete(siteKey);
  return '';
};
