import { createBucket } from '../../../functions/adapters/bucket.ts';
import { createQueue } from '../../../functions/adapters/queue.ts';
import { createTableClient } from '../../../functions/adapters/table/client.ts';
import { createStores } from '../../../functions/runtime/create-stores.ts';
import { readConfig } from '../../../functions/runtime/environment.ts';
import type { GlobalOptions, Io } from '../output/io.ts';
import { connect } from './connect.ts';
import type { Connection } from './connection.ts';
import { countMessages } from './count-messages.ts';
import { createCliClients } from './create-cli-clients.ts';

export const createCliServices = ({ environment, now, local }: Pick<Connection, 'environment' | 'now' | 'local'>) => {
  const config = readConfig(environment);
  const { s3, dynamo, sqs } = createCliClients(environment);
  const table = createTableClient(dynamo, config.table);
  return {
    ...createStores(table, now),
    config,
    publication: config.publication,
    site: config.siteAddress,
    now,
    /** Between two looks at what the functions have done. Counts of SQS are approximate, a local run's are exact. */
    pollIntervalMs: local === undefined ? 400 : 50,
    s3,
    sqs,
    dynamo,
    table,
    tableName: config.table,
    buckets: {
      seeds: createBucket(s3, config.seedsBucket),
      site: createBucket(s3, config.siteBucket),
      internal: createBucket(s3, config.internalBucket),
    },
    uploadsQueue: createQueue(sqs, config.uploadsQueue),
    issuesQueue: createQueue(sqs, config.issuesQueue),
    deliveriesQueue: createQueue(sqs, config.deliveriesQueue),
    /** Messages in the uploads queue that are not handled yet, by SQS's approximate counts. */
    countUploads: async (): Promise<number> => {
      const counts = await countMessages(sqs, [{ name: 'uploads', url: config.uploadsQueue }]);
      return counts.reduce((sum, { waiting, inFlight }) => sum + waiting + inFlight, 0);
    },
  };
};

export type CliServices = ReturnType<typeof createCliServices>;

export const connectServices = async (options: GlobalOptions, io: Io): Promise<CliServices> =>
  createCliServices(await connect(options, io));
