import { createBucket } from '../../../functions/adapters/bucket.ts';
import { internalFolders } from '../../../functions/platform/contract.ts';
import { readPublishConfig } from '../../../functions/runtime/environment.ts';
import type { Connection } from '../connection/connection.ts';
import { createCliClients } from '../connection/create-clients.ts';
import { listBucketObjects } from '../connection/list-bucket-objects.ts';

const [reportPrefix, reportSuffix] = [internalFolders.rejections, '.txt'];

/** Keys of the seeds that are refused, with the instant of the report. */
export const listRejections = async (connection: Pick<Connection, 'environment'>) => {
  const { buckets } = readPublishConfig(connection.environment);
  const client = createCliClients(connection).s3;
  const found: { key: string; reported: string }[] = [];
  for await (const listed of listBucketObjects(client, buckets.internal, reportPrefix))
    for (const { key, uploadedMs: uploaded } of listed)
      found.push({
        key: key.slice(reportPrefix.length, -reportSuffix.length),
        reported: new Date(uploaded).toISOString(),
      });
  return found;
};

/** The report on a seed that is refused; undefined where it is not. */
export const readRejection = async (
  connection: Pick<Connection, 'environment'>,
  key: string,
): Promise<string | undefined> => {
  const { buckets } = readPublishConfig(connection.environment);
  const internal = createBucket(createCliClients(connection).s3, buckets.internal);
  const report = await internal.get(reportPrefix + key + reportSuffix);
  return report && new TextDecoder().decode(report.bytes);
};
