import { isUndecryptable } from '../adapters/bucket.ts';
import type { ChangeMark, SeedSnapshot } from '../adapters/table/seeds.ts';
import { checkSeedSize, findMaxBytes } from '../core/article/check-seed-file.ts';
import { findWithheldFolderReason } from '../core/article/markdown/withheld-keys.ts';
import { inspectImage } from '../core/image/inspect-image.ts';
import { readPictureCredits } from '../core/image/read-picture-credits.ts';
import { stripImageMetadata } from '../core/image/strip-image-metadata.ts';
import type { ParsedSeed } from '../core/lifecycle/parse-seed-version.ts';
import { toRejection } from '../core/lifecycle/to-rejection.ts';
import { toSeedKind } from '../core/seed-kind.ts';
import { internalFolders } from '../platform/contract.ts';
import { readFileSnapshot } from './read-file-snapshot.ts';
import type { PublishServices } from './services.ts';

export interface SeedUpload {
  readonly key: string;
  readonly sequencer: string;
}

/**
 * Reads the object that an event names and records what is there, whatever the event says. Where too little time is
 * left to parse it, the event is queued again.
 * @returns the change to be marked; undefined where nothing follows: the file is no seed, or the event is older than the record, or queued again
 */
export const recordUpload = async (
  services: PublishServices,
  upload: SeedUpload,
  getTimeLeftMs: () => number,
): Promise<ChangeMark | undefined> => {
  const { log, seeds, uploadsQueue } = services;
  const kind = toSeedKind(upload.key);
  if (kind === 'ignored') return undefined;
  const snapshot = withholdDraft(await readReadableSnapshot(services, upload, kind, getTimeLeftMs));
  if (snapshot === undefined) {
    await uploadsQueue.send({ source: 'aws.s3', detail: { object: upload } });
    return undefined;
  }
  if (!(await seeds.record(snapshot))) return undefined;
  if (snapshot.rejection) {
    log.count('rejections', 1);
    log.warn('seed rejected', { key: upload.key, ...snapshot.rejection });
  } else if (snapshot.withheld) log.info('withheld', { key: upload.key, ...snapshot.withheld });
  else log.info('recorded', { key: upload.key, found: snapshot.uploadedAt ? kind : 'nothing' });
  const { version } = snapshot;
  return { ...upload, ...(version && { expected: { id: version.id, content: version.content } }) };
};

/** Whatever is wrong with a file in a folder of drafts, it is a draft. */
const withholdDraft = (snapshot: SeedSnapshot | undefined): SeedSnapshot | undefined => {
  const reason = snapshot?.rejection && findWithheldFolderReason(snapshot.key);
  if (reason === undefined || !snapshot?.rejection) return snapshot;
  const { rejection, ...found } = snapshot;
  return { ...found, withheld: { reason, problem: rejection } };
};

const undecryptableReason =
  'It is encrypted with a KMS key that Seedpress may not use. Upload it with the encryption of the bucket (SSE-S3), or ' +
  'name the key as "uploadsKey" in the settings, deploy, and run npx seedpress rebuild.';

const readReadableSnapshot: typeof readSnapshot = async (services, upload, kind, getTimeLeftMs) => {
  try {
    return await readSnapshot(services, upload, kind, getTimeLeftMs);
  } catch (error) {
    if (!isUndecryptable(error)) throw error;
    services.log.error('an upload cannot be decrypted', error);
    const uploadedAt = services.now().toISOString();
    return { ...upload, kind, uploadedAt, rejection: { reason: undecryptableReason } };
  }
};

/** @returns undefined where too little time is left to parse the seed */
const readSnapshot = async (
  services: PublishServices,
  upload: SeedUpload,
  kind: SeedSnapshot['kind'],
  getTimeLeftMs: () => number,
): Promise<SeedSnapshot | undefined> => {
  const { publication, seedParser, site } = services;
  const { seeds } = services.buckets;
  const deleted = { ...upload, kind };
  if (kind === 'file') return readFileSnapshot(seeds, deleted);
  const maxBytes = findMaxBytes(upload.key);
  const object = await seeds.get(upload.key, maxBytes);
  if (!object) return deleted;
  const { modified, etag, size, bytes } = object;
  const found = { ...deleted, uploadedAt: modified, etag };
  if (!bytes) return { ...found, ...checkSize(size, maxBytes) };
  if (kind === 'image') {
    const reason = findWithheldFolderReason(upload.key);
    const withheld = reason === undefined ? {} : { withheld: { reason } };
    return { ...found, ...withheld, ...checkImage(upload.key, bytes) };
  }
  const { id: publicationId, timeZone, language } = publication;
  const seed = { ...upload, bytes, site, publicationId, timeZone, language, uploadedAt: modified };
  const parsed = await seedParser.parse(seed, getTimeLeftMs);
  if (parsed === undefined) return undefined;
  const rule = parsed.folderReason === undefined ? {} : { folderReason: parsed.folderReason };
  if ('rejection' in parsed) return { ...found, ...rule, rejection: parsed.rejection };
  if ('version' in parsed) {
    await writeBody(services, parsed);
    return { ...found, ...rule, version: parsed.version };
  }
  // On its own, so that a draft that takes too long to read is still a draft.
  const draft = await seedParser.parse({ ...seed, isPreview: true }, getTimeLeftMs);
  if (draft === undefined) return undefined;
  const { withheld } = parsed;
  if ('withheld' in draft) return { ...found, ...rule, withheld };
  if ('rejection' in draft) return { ...found, ...rule, withheld: { ...withheld, problem: draft.rejection } };
  await writeBody(services, draft);
  return { ...found, ...rule, withheld, draft: draft.version };
};

const writeBody = async (
  { bodies, buckets }: PublishServices,
  { version, body }: Extract<ParsedSeed, { version: unknown }>,
): Promise<void> => {
  const key = internalFolders.bodies + version.bodyKey;
  await buckets.internal.put(key, JSON.stringify(body), { contentType: 'application/json' });
  bodies.keep(version, body);
};

/** The image itself is published with the next build, from the seeds bucket. */
const checkImage = (key: string, bytes: Uint8Array) => {
  try {
    const { width, height, canBeResized } = inspectImage(key, stripImageMetadata(key, bytes));
    return width > 0 && height > 0 ? { image: { width, height, canBeResized, ...readPictureCredits(key, bytes) } } : {};
  } catch (error) {
    return { rejection: toRejection(error) };
  }
};

const checkSize = (size: number, maxBytes: number) => {
  const reason = checkSeedSize(size, maxBytes);
  return { ...(reason !== undefined && { rejection: { reason } }) };
};
