import { readFile } from 'node:fs/promises';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { mapInParallel } from '../../../functions/platform/concurrency.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import type { ExpectedChange } from './follow-seeds.ts';
import type { PlannedUpload } from './plan-uploads.ts';

/** Files of up to 10 MB each that are held in memory at once. */
const maxConcurrentUploads = 8;

/** Without a content type: publishing goes by the key. */
export const uploadSeedFiles = async (
  { s3, buckets, seeds }: Pick<CliServices, 's3' | 'buckets' | 'seeds'>,
  planned: readonly PlannedUpload[],
  show: (count: number) => void,
): Promise<ExpectedChange[]> => {
  const records = await seeds.getMany(planned.map(({ key }) => key));
  const sequencers = new Map(records.map(({ key, sequencer }) => [key, sequencer]));
  let count = 0;
  const upload = async ({ key, source }: PlannedUpload): Promise<ExpectedChange> => {
    const Body = typeof source === 'string' ? await readFile(source) : source;
    const { ETag = '' } = await s3.send(new PutObjectCommand({ Bucket: buckets.seeds.name, Key: key, Body }));
    count += 1;
    show(count);
    return { key, etag: ETag.replaceAll('"', ''), previousSequencer: sequencers.get(key) };
  };
  return mapInParallel(planned, upload, maxConcurrentUploads);
};
