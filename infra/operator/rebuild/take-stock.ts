import { seedKind } from '../../../functions/core/article/seed-kind.ts';
import { seedRecordSchema } from '../../../functions/core/filing/records.ts';
import { seedPrefix } from '../../../functions/runtime/contract.ts';
import { listObjects } from '../list-objects.ts';
import { scanItems } from '../scan-items.ts';
import type { Seeds } from '../seeds/open-seeds.ts';

/** What publishing is told of a key. */
export interface Told {
  readonly key: string;
  /** The one that is recorded, which undoes nothing newer; of a key without a record the least there is. */
  readonly sequencer: string;
}

/** What is in the seeds bucket, held against the records. */
export interface Stock {
  readonly seeds: readonly Told[];
  readonly pictures: readonly Told[];
  /** Seeds that no record knows, in the order of their uploads. */
  readonly unrecorded: readonly Told[];
  /** Keys whose record says that they are there, and they are not. */
  readonly gone: readonly Told[];
}

const leastSequencer = '0';

const recordedSchema = seedRecordSchema.pick({ key: true, sequencer: true, modified: true });

/**
 * Reads the records of all seeds, and lists the bucket a thousand keys at a time. What is uploaded meanwhile is published
 * by itself.
 */
export const takeStock = async (
  on: Pick<Seeds, 's3' | 'buckets' | 'dynamo' | 'tableName'>,
): Promise<Stock> => {
  const records = new Map<string, { sequencer: string; isThere: boolean }>();
  for await (const page of scanItems(on, seedPrefix, recordedSchema))
    for (const { key, sequencer, modified } of page)
      records.set(key, { sequencer, isThere: modified !== undefined });
  const [seeds, pictures]: [Told[], Told[]] = [[], []];
  const unrecorded: (Told & { uploaded: number })[] = [];
  for await (const some of listObjects(on.s3, on.buckets.seeds.name))
    for (const { key, uploaded } of some) {
      const kind = seedKind(key);
      if (kind === 'ignored') continue;
      const record = records.get(key);
      records.delete(key);
      const told = { key, sequencer: record?.sequencer ?? leastSequencer };
      if (kind === 'image') pictures.push(told);
      else if (record) seeds.push(told);
      else unrecorded.push({ ...told, uploaded });
    }
  unrecorded.sort((a, b) => a.uploaded - b.uploaded);
  const gone = [...records].flatMap(([key, { sequencer, isThere }]) => (isThere ? [{ key, sequencer }] : []));
  return { seeds, pictures, unrecorded, gone };
};
