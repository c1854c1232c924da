import type { Bucket } from '../adapters/bucket.ts';
import type { SeedSnapshot } from '../adapters/table/seeds.ts';
import { checkSeedSize, findMaxBytes } from '../core/article/check-seed-file.ts';
import { findWithheldFolderReason } from '../core/article/markdown/withheld-keys.ts';
import { SeedRejected } from '../core/article.ts';
import type { RangeReader } from '../core/file/byte-window.ts';
import { inspectFile } from '../core/file/inspect-file.ts';
import { toRejection } from '../core/lifecycle/to-rejection.ts';

/** @returns undefined where the object is not the same any more */
const readRanges = async <Result>(
  bucket: Bucket,
  { key, etag }: { readonly key: string; readonly etag: string },
  reader: RangeReader<Result>,
): Promise<Result | undefined> => {
  let step = reader.next();
  while (!step.done) {
    const bytes = await bucket.getRange(key, etag, step.value);
    if (!bytes) return undefined;
    step = reader.next(bytes);
  }
  return step.value;
};

/** Reads a few parts of a file, which may be larger than the function's memory. */
export const readFileSnapshot = async (
  seeds: Bucket,
  deleted: Pick<SeedSnapshot, 'key' | 'sequencer' | 'kind'>,
): Promise<SeedSnapshot> => {
  const { key } = deleted;
  const object = await seeds.head(key);
  if (!object) return deleted;
  const { modified, etag, size } = object;
  const found = { ...deleted, uploadedAt: modified, etag };
  const reason = findWithheldFolderReason(key);
  if (reason !== undefined) return { ...found, withheld: { reason } };
  const tooLarge = checkSeedSize(size, findMaxBytes(key));
  if (tooLarge !== undefined) return { ...found, rejection: { reason: tooLarge } };
  try {
    const inspected = await readRanges(seeds, { key, etag }, inspectFile(key, size));
    // It was replaced or deleted while it was read.
    if (!inspected) return await readFileSnapshot(seeds, deleted);
    const { file, warnings } = inspected;
    return { ...found, file: { ...file, ...(warnings.length > 0 && { warnings: [...warnings] }) } };
  } catch (error) {
    if (!(error instanceof SeedRejected)) throw error;
    return { ...found, rejection: toRejection(error) };
  }
};
