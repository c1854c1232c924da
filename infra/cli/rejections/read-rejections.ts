import { internalFolders } from '../../../functions/platform/contract.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { listBucketObjects } from '../connection/list-bucket-objects.ts';

const [reportPrefix, reportSuffix] = [internalFolders.rejections, '.txt'];

/** Keys of the seeds that are refused, with the instant of the report. */
export const listRejections = async ({ s3, buckets }: Pick<CliServices, 's3' | 'buckets'>) => {
  const found: { key: string; reported: string }[] = [];
  for await (const listed of listBucketObjects(s3, buckets.internal.name, reportPrefix))
    for (const { key, uploadedMs: uploaded } of listed)
      found.push({
        key: key.slice(reportPrefix.length, -reportSuffix.length),
        reported: new Date(uploaded).toISOString(),
      });
  return found;
};

/** The report on a seed that is refused; undefined where it is not. */
export const readRejection = async (
  { buckets }: Pick<CliServices, 'buckets'>,
  key: string,
): Promise<string | undefined> => {
  const report = await buckets.internal.get(reportPrefix + key + reportSuffix);
  return report && new TextDecoder().decode(report.bytes);
};
