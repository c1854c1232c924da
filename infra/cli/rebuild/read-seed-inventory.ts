import { seedRecordSchema } from '../../../functions/core/lifecycle/seed-record.ts';
import { toSeedKind } from '../../../functions/core/seed-kind.ts';
import { keyPrefixes } from '../../../functions/platform/contract.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { listBucketObjects } from '../connection/list-bucket-objects.ts';
import { scanItems } from '../connection/scan-items.ts';

export interface PublishRequest {
  readonly key: string;
  /** The recorded one, so that nothing newer is undone; the lowest for a key without a record. */
  readonly sequencer: string;
}

export interface SeedInventory {
  readonly seeds: readonly PublishRequest[];
  /** With documents, sounds and films. */
  readonly pictures: readonly PublishRequest[];
  /** Seeds without a record, in the order of their uploads. */
  readonly unrecorded: readonly PublishRequest[];
  readonly deleted: readonly PublishRequest[];
}

const lowestSequencer = '0';

const recordedSchema = seedRecordSchema.pick({ key: true, sequencer: true, uploadedAt: true });

/** Reads the records of all seeds and lists the bucket. Uploads in the meantime are published by their own events. */
export const readSeedInventory = async (
  services: Pick<CliServices, 's3' | 'buckets' | 'dynamo' | 'tableName'>,
): Promise<SeedInventory> => {
  const records = new Map<string, { sequencer: string; exists: boolean }>();
  for await (const page of scanItems(services, keyPrefixes.seed, recordedSchema))
    for (const { key, sequencer, uploadedAt } of page)
      records.set(key, { sequencer, exists: uploadedAt !== undefined });
  const [seeds, pictures]: [PublishRequest[], PublishRequest[]] = [[], []];
  const unrecorded: (PublishRequest & { uploadedMs: number })[] = [];
  for await (const objects of listBucketObjects(services.s3, services.buckets.seeds.name))
    for (const { key, uploadedMs } of objects) {
      const kind = toSeedKind(key);
      if (kind === 'ignored') continue;
      const record = records.get(key);
      records.delete(key);
      const request = { key, sequencer: record?.sequencer ?? lowestSequencer };
      if (kind === 'image' || kind === 'file') pictures.push(request);
      else if (record) seeds.push(request);
      else unrecorded.push({ ...request, uploadedMs });
    }
  unrecorded.sort((a, b) => a.uploadedMs - b.uploadedMs);
  const deleted = [...records].flatMap(([key, { sequencer, exists }]) => (exists ? [{ key, sequencer }] : []));
  return { seeds, pictures, unrecorded, deleted };
};
