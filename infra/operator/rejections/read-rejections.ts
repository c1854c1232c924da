import { createBucket } from '../../../functions/adapters/bucket.ts';
import { readConfig } from '../../../functions/runtime/config.ts';
import { deskFolders } from '../../../functions/runtime/contract.ts';
import type { Connection } from '../connection.ts';
import { createOperatorClients } from '../create-clients.ts';
import { listObjects } from '../list-objects.ts';

const [start, end] = [deskFolders.rejections, '.txt'];

/** Keys of the seeds that are refused, with the instant of the report. */
export const listRejections = async (connection: Pick<Connection, 'environment'>) => {
  const { buckets } = readConfig(connection.environment);
  const client = createOperatorClients(connection).s3;
  const found: { key: string; reported: string }[] = [];
  for await (const some of listObjects(client, buckets.desk, start))
    for (const { key, uploaded } of some)
      found.push({
        key: key.slice(start.length, -end.length),
        reported: new Date(uploaded).toISOString(),
      });
  return found;
};

/** The report on a seed that is refused; undefined where it is not. */
export const readRejection = async (
  connection: Pick<Connection, 'environment'>,
  key: string,
): Promise<string | undefined> => {
  const { buckets } = readConfig(connection.environment);
  const desk = createBucket(createOperatorClients(connection).s3, buckets.desk);
  const report = await desk.get(start + key + end);
  return report && new TextDecoder().decode(report.bytes);
};
