import type { SeedSnapshot } from '../adapters/table/seeds.ts';
import { checkSeedSize, maxSeedBytes } from '../core/article/check-seed-file.ts';
import { parseSeed } from '../core/article/parse-seed.ts';
import { SeedRejected } from '../core/article.ts';
import { toSeedVersion } from '../core/lifecycle/seed-version.ts';
import { toSeedKind } from '../core/seed-kind.ts';
import { internalFolders } from '../platform/contract.ts';
import type { PublishServices } from './services.ts';

/** An event that names an object: it was put there or taken away. */
export interface SeedUpload {
  readonly key: string;
  readonly sequencer: string;
}

/**
 * Reads the object that an event names, whatever the event says of it, and records what is there.
 * @returns false where nothing follows from it: a file that is no seed, or an event older than what is recorded
 */
export const recordUpload = async (services: PublishServices, upload: SeedUpload): Promise<boolean> => {
  const kind = toSeedKind(upload.key);
  if (kind === 'ignored') return false;
  const finding = await readSnapshot(services, upload, kind);
  if (!(await services.seeds.record(finding))) return false;
  if (finding.rejection) {
    services.log.count('rejections', 1);
    services.log.warn('seed rejected', { key: upload.key, ...finding.rejection });
  } else services.log.info('recorded', { key: upload.key, found: finding.uploadedAt ? kind : 'nothing' });
  await services.seeds.markChanged([upload]);
  return true;
};

const readSnapshot = async (
  services: PublishServices,
  upload: SeedUpload,
  kind: SeedSnapshot['kind'],
): Promise<SeedSnapshot> => {
  const { seeds, internal: desk } = services.buckets;
  const found = { ...upload, kind };
  if (kind === 'image') {
    const facts = await seeds.head(upload.key);
    if (!facts) return found;
    const { modified, etag, size } = facts;
    return { ...found, uploadedAt: modified, etag, ...checkSize(size) };
  }
  const object = await seeds.get(upload.key, maxSeedBytes);
  if (!object) return found;
  const { modified, etag, size, bytes } = object;
  if (!bytes) return { ...found, uploadedAt: modified, etag, ...checkSize(size) };
  const read = parseVersion(services, upload, { bytes, modified });
  if ('rejection' in read) return { ...found, uploadedAt: modified, etag, rejection: read.rejection };
  await desk.put(internalFolders.bodies + read.version.bodyKey, JSON.stringify(read.body), {
    contentType: 'application/json',
  });
  return { ...found, uploadedAt: modified, etag, version: read.version };
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
