import { readFile } from 'node:fs/promises';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { mapInParallel } from '../../../functions/platform/concurrency.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import type { ExpectedChange } from './follow-seeds.ts';
import type { PlannedUpload } from './plan-uploads.ts';

/** Files of up to 10 MB each that are held at once. */
const maxConcurrentUploads = 8;

/**
 * Puts files into the seeds bucket, without a content type: publishing goes by the key.
 * @param show takes how many were uploaded by then
 * @returns by what to know the result of each
 */
export const uploadSeedFiles = async (
  { s3, buckets, seeds }: Pick<CliServices, 's3' | 'buckets' | 'seeds'>,
  planned: readonly PlannedUpload[],
  show: (count: number) => void,
): Promise<ExpectedChange[]> => {
  const records = await seeds.getMany(planned.map(({ key }) => key));
  const before = new Map(records.map(({ key, sequencer }) => [key, sequencer]));
  let count = 0;
  const upload = async ({ key, source: from }: PlannedUpload): Promise<ExpectedChange> => {
    const Body = typeof from === 'string' ? await readFile(from) : from;
    const { ETag = '' } = await s3.send(new PutObjectCommand({ Bucket: buckets.seeds.name, Key: key, Body }));
    count += 1;
    show(count);
    return { key, etag: ETag.replaceAll('"', ''), previousSequencer: before.get(key) };
  };
  return mapInParallel(planned, upload, maxConcurrentUploads);
};
