import { readFile } from 'node:fs/promises';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { inParallel } from '../../../functions/publishing/in-parallel.ts';
import type { Expected } from './follow-seeds.ts';
import type { Seeds } from './open-seeds.ts';
import type { PlannedUpload } from './plan-uploads.ts';

/** Files of up to 10 MB each that are held at once. */
const atOnce = 8;

/**
 * Puts files into the seeds bucket, without a content type: publishing goes by the key.
 * @param show takes how many were uploaded by then
 * @returns by what to know the result of each
 */
export const uploadSeeds = async (
  { s3, buckets, seeds }: Pick<Seeds, 's3' | 'buckets' | 'seeds'>,
  planned: readonly PlannedUpload[],
  show: (count: number) => void,
): Promise<Expected[]> => {
  const records = await seeds.getMany(planned.map(({ key }) => key));
  const before = new Map(records.map(({ key, sequencer }) => [key, sequencer]));
  let count = 0;
  const upload = async ({ key, from }: PlannedUpload): Promise<Expected> => {
    const Body = typeof from === 'string' ? await readFile(from) : from;
    const { ETag = '' } = await s3.send(new PutObjectCommand({ Bucket: buckets.seeds.name, Key: key, Body }));
    count += 1;
    show(count);
    return { key, etag: ETag.replaceAll('"', ''), before: before.get(key) };
  };
  return inParallel(planned, upload, atOnce);
};
