import { PutObjectCommand } from '@aws-sdk/client-s3';
import { mapInParallel } from '../../../functions/platform/concurrency.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import type { ExpectedChange } from './follow-seeds.ts';
import type { PlannedUpload } from './plan-uploads.ts';
import { putSeedFile } from './put-seed-file.ts';

/** Files of up to 10 MB each that are held in memory at once. */
const maxConcurrentUploads = 8;

/** Without a content type: publishing goes by the key. */
export const uploadSeedFiles = async (
  services: Pick<CliServices, 's3' | 'buckets' | 'seeds'>,
  planned: readonly PlannedUpload[],
  show: (count: number) => void,
): Promise<ExpectedChange[]> => {
  const { s3, buckets, seeds } = services;
  const records = await seeds.getMany(planned.map(({ key }) => key));
  const sequencers = new Map(records.map(({ key, sequencer }) => [key, sequencer]));
  let count = 0;
  const put = async (key: string, source: PlannedUpload['source']): Promise<string> => {
    if (typeof source === 'string') return putSeedFile(services, { key, path: source });
    const { ETag = '' } = await s3.send(new PutObjectCommand({ Bucket: buckets.seeds.name, Key: key, Body: source }));
    return ETag.replaceAll('"', '');
  };
  const upload = async ({ key, source }: PlannedUpload): Promise<ExpectedChange> => {
    const etag = await put(key, source);
    count += 1;
    show(count);
    return { key, etag, previousSequencer: sequencers.get(key) };
  };
  return mapInParallel(planned, upload, maxConcurrentUploads);
};
