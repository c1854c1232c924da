import type { Bucket } from '../adapters/bucket.ts';
import type { SeedSnapshot } from '../adapters/table/seeds.ts';
import { checkSeedSize, maxSeedBytes } from '../core/article/check-seed-file.ts';
import { parseSeed } from '../core/article/parse-seed.ts';
import { SeedRejected } from '../core/article.ts';
import { toSeedVersion } from '../core/lifecycle/seed-version.ts';
import { toSeedKind } from '../core/seed-kind.ts';
import { internalFolders } from '../platform/contract.ts';
import type { PublishServices } from './services.ts';

export interface SeedUpload {
  readonly key: string;
  readonly sequencer: string;
}

/**
 * Reads the object that an event names and records what is there, whatever the event says.
 * @returns false where nothing follows: the file is no seed, or the event is older than the record
 */
export const recordUpload = async (services: PublishServices, upload: SeedUpload): Promise<boolean> => {
  const { log, seeds } = services;
  const kind = toSeedKind(upload.key);
  if (kind === 'ignored') return false;
  const snapshot = await readSnapshot(services, upload, kind);
  if (!(await seeds.record(snapshot))) return false;
  if (snapshot.rejection) {
    log.count('rejections', 1);
    log.warn('seed rejected', { key: upload.key, ...snapshot.rejection });
  } else log.info('recorded', { key: upload.key, found: snapshot.uploadedAt ? kind : 'nothing' });
  await seeds.markChanged([upload]);
  return true;
};

const readSnapshot = async (
  services: PublishServices,
  upload: SeedUpload,
  kind: SeedSnapshot['kind'],
): Promise<SeedSnapshot> => {
  const { seeds, internal } = services.buckets;
  const deleted = { ...upload, kind };
  const object: Awaited<ReturnType<Bucket['get']>> = await (kind === 'image'
    ? seeds.head(upload.key)
    : seeds.get(upload.key, maxSeedBytes));
  if (!object) return deleted;
  const { modified, etag, size, bytes } = object;
  const found = { ...deleted, uploadedAt: modified, etag };
  if (!bytes) return { ...found, ...checkSize(size) };
  const parsed = parseVersion(services, upload, { bytes, modified });
  if ('rejection' in parsed) return { ...found, ...parsed };
  const { version, body } = parsed;
  await internal.put(internalFolders.bodies + version.bodyKey, JSON.stringify(body), {
    contentType: 'application/json',
  });
  return { ...found, version };
};

const parseVersion = (
  { publication, site }: PublishServices,
  { key, sequencer }: SeedUpload,
  { bytes, modified }: { bytes: Uint8Array; modified: string },
) => {
  try {
    const article = parseSeed({ key, bytes, site, timeZone: publication.timeZone, uploadedAt: modified });
    return toSeedVersion(article, { publicationId: publication.id, key, sequencer });
  } catch (error) {
    if (!(error instanceof SeedRejected)) throw error;
    return { rejection: { reason: error.message, ...(error.place && { place: error.place }) } };
  }
};

const checkSize = (size: number) => {
  const reason = checkSeedSize(size);
  return reason === undefined ? {} : { rejection: { reason } };
};
