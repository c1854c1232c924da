import { toObjectKey } from '../adapters/site-objects.ts';
import { fingerprint } from '../core/identity.ts';
import type { SeedRecord } from '../core/lifecycle/records.ts';
import { findImageType } from '../core/seed-kind.ts';
import { sitePaths } from '../core/site-paths.ts';
import type { PublishServices } from './services.ts';

const imageCacheControl = 'public, max-age=86400, s-maxage=10';

/**
 * Copies an image that lies beside the seeds to the site, or removes it when it is gone.
 * @returns the fingerprint of what the site shows now, or an empty string
 */
export const publishImage = async (
  { buckets, buildVersion: edition }: PublishServices,
  image: SeedRecord,
): Promise<string> => {
  const { etag, imageFingerprint: shown = '', rejection } = image;
  const wanted = etag === undefined ? '' : fingerprint(edition, etag);
  if (rejection || (etag && wanted === shown)) return shown;
  const key = toObjectKey(sitePaths.image(image.key));
  const headers = {
    contentType: findImageType(image.key) ?? 'application/octet-stream',
    cacheControl: imageCacheControl,
  };
  const from = { bucket: buckets.seeds.name, key: image.key };
  if (etag && (await buckets.site.copy(from, key, headers))) return wanted;
  await buckets.site.delete(key);
  return '';
};
