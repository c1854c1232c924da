import { seedRecordSchema } from '../../../functions/core/lifecycle/records.ts';
import { toSeedKind } from '../../../functions/core/seed-kind.ts';
import { seedKeyPrefix } from '../../../functions/platform/contract.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { listBucketObjects } from '../connection/list-bucket-objects.ts';
import { scanItems } from '../connection/scan-items.ts';

/** What publishing is told of a key. */
export interface PublishRequest {
  readonly key: string;
  /** The one that is recorded, which undoes nothing newer; of a key without a record the least there is. */
  readonly sequencer: string;
}

/** What is in the seeds bucket, held against the records. */
export interface SeedInventory {
  readonly seeds: readonly PublishRequest[];
  readonly pictures: readonly PublishRequest[];
  /** Seeds that no record knows, in the order of their uploads. */
  readonly unrecorded: readonly PublishRequest[];
  /** Keys whose record says that they are there, and they are not. */
  readonly deleted: readonly PublishRequest[];
}

const lowestSequencer = '0';

const recordedSchema = seedRecordSchema.pick({ key: true, sequencer: true, uploadedAt: true });

/**
 * Reads the records of all seeds, and lists the bucket a thousand keys at a time. What is uploaded meanwhile is published
 * by itself.
 */
export const readSeedInventory = async (
  services: Pick<CliServices, 's3' | 'buckets' | 'dynamo' | 'tableName'>,
): Promise<SeedInventory> => {
  const records = new Map<string, { sequencer: string; exists: boolean }>();
  for await (const page of scanItems(services, seedKeyPrefix, recordedSchema))
    for (const { key, sequencer, uploadedAt } of page)
      records.set(key, { sequencer, exists: uploadedAt !== undefined });
  const [seeds, pictures]: [PublishRequest[], PublishRequest[]] = [[], []];
  const unrecorded: (PublishRequest & { uploaded: number })[] = [];
  for await (const objects of listBucketObjects(services.s3, services.buckets.seeds.name))
    for (const { key, uploadedMs: uploaded } of objects) {
      const kind = toSeedKind(key);
      if (kind === 'ignored') continue;
      const record = records.get(key);
      records.delete(key);
      const request = { key, sequencer: record?.sequencer ?? lowestSequencer };
      if (kind === 'image') pictures.push(request);
      else if (record) seeds.push(request);
      else unrecorded.push({ ...request, uploaded });
    }
  unrecorded.sort((a, b) => a.uploaded - b.uploaded);
  const gone = [...records].flatMap(([key, { sequencer, exists: isThere }]) =>
    isThere ? [{ key, sequencer }] : [],
  );
  return { seeds, pictures, unrecorded, deleted: gone };
};
