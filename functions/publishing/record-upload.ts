import type { Finding } from '../adapters/table/seeds.ts';
import { SeedRejected } from '../core/article/article.ts';
import { readSeed } from '../core/article/read-seed.ts';
import { largestSeed, refuseSize } from '../core/article/refuse-file.ts';
import { seedKind } from '../core/article/seed-kind.ts';
import { versionOf } from '../core/filing/version-of.ts';
import { deskFolders } from '../runtime/contract.ts';
import type { PublishingServices } from './services.ts';

/** An event that names an object: it was put there or taken away. */
export interface Upload {
  readonly key: string;
  readonly sequencer: string;
}

/**
 * Reads the object that an event names, whatever the event says of it, and records what is there.
 * @returns false where nothing follows from it: a file that is no seed, or an event older than what is recorded
 */
export const recordUpload = async (services: PublishingServices, upload: Upload): Promise<boolean> => {
  const kind = seedKind(upload.key);
  if (kind === 'ignored') return false;
  const finding = await look(services, upload, kind);
  if (!(await services.seeds.record(finding))) return false;
  if (finding.rejection) {
    services.log.count('rejections', 1);
    services.log.warn('seed rejected', { key: upload.key, ...finding.rejection });
  } else services.log.info('recorded', { key: upload.key, found: finding.modified ? kind : 'nothing' });
  await services.seeds.markChanged([upload]);
  return true;
};

const look = async (
  services: PublishingServices,
  upload: Upload,
  kind: Finding['kind'],
): Promise<Finding> => {
  const { seeds, desk } = services.buckets;
  const found = { ...upload, kind };
  if (kind === 'image') {
    const facts = await seeds.head(upload.key);
    if (!facts) return found;
    const { modified, etag, size } = facts;
    return { ...found, modified, etag, ...rejectionOf(size) };
  }
  const object = await seeds.get(upload.key, largestSeed);
  if (!object) return found;
  const { modified, etag, size, bytes } = object;
  if (!bytes) return { ...found, modified, etag, ...rejectionOf(size) };
  const read = readVersion(services, upload, { bytes, modified });
  if ('rejection' in read) return { ...found, modified, etag, rejection: read.rejection };
  await desk.put(deskFolders.bodies + read.version.body, JSON.stringify(read.body), {
    contentType: 'application/json',
  });
  return { ...found, modified, etag, version: read.version };
};

const readVersion = (
  { publication, site }: PublishingServices,
  { key, sequencer }: Upload,
  { bytes, modified }: { bytes: Uint8Array; modified: string },
) => {
  try {
    const article = readSeed({ key, bytes, site, timeZone: publication.timeZone, uploadedAt: modified });
    return versionOf(article, { publicationId: publication.id, key, sequencer });
  } catch (error) {
    if (!(error instanceof SeedRejected)) throw error;
    return { rejection: { reason: error.message, ...(error.place && { place: error.place }) } };
  }
};

const rejectionOf = (size: number) => {
  const reason = refuseSize(size);
  return reason === undefined ? {} : { rejection: { reason } };
};
