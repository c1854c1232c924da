import { toObjectKey, uploadCacheControl } from '../adapters/site-objects.ts';
import { maxPictureBytes } from '../core/article/check-seed-file.ts';
import { fingerprint } from '../core/identity.ts';
import { addCopyright } from '../core/image/add-picture-metadata.ts';
import { readPictureCredits } from '../core/image/read-picture-credits.ts';
import { stripImageMetadata } from '../core/image/strip-image-metadata.ts';
import type { SeedRecord } from '../core/lifecycle/seed-record.ts';
import { findImageType } from '../core/seed-kind.ts';
import { findCopyPath } from '../core/site-paths.ts';
import { deletePictureCopies } from './picture-sizes.ts';
import type { PublishServices } from './services.ts';

/** Browsers show these themselves; what they cannot show is saved. */
const shownTypes = /^(?:application\/pdf|text\/vtt|audio\/|video\/)/;

type Copy = Pick<SeedRecord, 'key' | 'etag' | 'file' | 'kind'> & { readonly etag: string };

/**
 * @returns whether the site has it now: another may have been uploaded since it was checked, and has an event of its
 * own
 */
const writeImage = async ({ buckets }: PublishServices, { key, etag }: Copy, siteKey: string): Promise<boolean> => {
  const image = await buckets.seeds.get(key, maxPictureBytes);
  if (!image?.bytes || image.etag !== etag) return false;
  const { copyright } = readPictureCredits(key, image.bytes);
  await buckets.site.put(siteKey, addCopyright(key, stripImageMetadata(key, image.bytes), copyright), {
    contentType: findImageType(key) ?? 'application/octet-stream',
    cacheControl: uploadCacheControl,
  });
  return true;
};

/** S3 copies a file by itself: films are too large for the function's memory. */
const copyFile = ({ buckets }: PublishServices, { key, etag, file }: Copy, siteKey: string): Promise<boolean> => {
  const contentType = file?.type ?? 'application/octet-stream';
  return buckets.site.copy({ bucket: buckets.seeds.name, key, etag }, siteKey, {
    contentType,
    cacheControl: uploadCacheControl,
    contentDisposition: shownTypes.test(contentType) ? 'inline' : 'attachment',
  });
};

/** Whether another upload has the same address, as its name has the same letters in another form. */
const isAddressShared = async ({ seeds }: PublishServices, key: string): Promise<boolean> => {
  const others = [key.normalize('NFC'), key.normalize('NFD')].filter((form) => form !== key);
  if (others.length === 0) return false;
  return (await seeds.getMany([...new Set(others)])).some(
    ({ etag, withheld, isHeld }) => etag !== undefined && !withheld && !isHeld,
  );
};

/**
 * Writes an uploaded image without its metadata, or a document, sound or film as it is, to the site. Deletes it there
 * when the upload is gone, withheld or held.
 * @returns the fingerprint of what is on the site now, or an empty string
 */
export const publishCopy = async (services: PublishServices, seed: SeedRecord): Promise<string> => {
  const { buckets, buildVersion } = services;
  const { key, kind, etag, copyFingerprint = '', rejection, withheld, isHeld } = seed;
  if (rejection && !rejection.isAfterwards) return copyFingerprint;
  const siteKey = toObjectKey(findCopyPath(key) ?? '');
  if (etag === undefined || withheld || isHeld || rejection) {
    if (await isAddressShared(services, key)) return '';
    await buckets.site.delete(siteKey);
    if (kind === 'image') await deletePictureCopies(services, key);
    return '';
  }
  const wanted = fingerprint(buildVersion, etag);
  if (wanted === copyFingerprint) return copyFingerprint;
  const isWritten = await (kind === 'image' ? writeImage : copyFile)(services, { ...seed, etag }, siteKey);
  return isWritten ? wanted : copyFingerprint;
};
