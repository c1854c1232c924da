import { imageType } from '../core/article/seed-kind.ts';
import type { SeedRecord } from '../core/filing/records.ts';
import { sitePaths } from '../core/site-paths.ts';
import type { PublishingServices } from './services.ts';
import { keyOf } from './write-documents.ts';

const dayLong = 'public, max-age=86400, s-maxage=10';

/**
 * Copies an image that lies beside the seeds to the site, or removes it when it is gone.
 * @returns the MD5 of what the site shows now, or an empty string
 */
export const publishImage = async ({ buckets }: PublishingServices, image: SeedRecord): Promise<string> => {
  const { etag, shown = '', rejection } = image;
  if (rejection || (etag && etag === shown)) return shown;
  const key = keyOf(sitePaths.image(image.key));
  const headers = { contentType: imageType(image.key) ?? 'application/octet-stream', cacheControl: dayLong };
  const from = { bucket: buckets.seeds.name, key: image.key };
  if (etag && (await buckets.site.copy(from, key, headers))) return etag;
  await buckets.site.delete(key);
  return '';
};
