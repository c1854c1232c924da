import { createBucket } from '../../../functions/adapters/bucket.ts';
import { createQueue } from '../../../functions/adapters/queue.ts';
import { createArticleStore } from '../../../functions/adapters/table/articles.ts';
import { createTableClient } from '../../../functions/adapters/table/client.ts';
import { createListStore } from '../../../functions/adapters/table/lists.ts';
import { createSeedStore } from '../../../functions/adapters/table/seeds.ts';
import { readConfig } from '../../../functions/runtime/config.ts';
import type { Connection } from '../connection.ts';
import { createOperatorClients } from '../create-clients.ts';
import { openLedger } from '../newsletter/open-ledger.ts';

/** All that a publication consists of: its records, its buckets, and the queue that asks for a build. */
export const openArchive = (connection: Pick<Connection, 'environment' | 'now'>) => {
  const { buckets, uploadsQueue } = readConfig(connection.environment);
  const { s3, sqs } = createOperatorClients(connection);
  const ledger = openLedger(connection);
  const table = createTableClient(ledger.dynamo, ledger.tableName);
  return {
    ...ledger,
    s3,
    bucket: {
      seeds: createBucket(s3, buckets.seeds),
      site: createBucket(s3, buckets.site),
      desk: createBucket(s3, buckets.desk),
    },
    articles: createArticleStore(table),
    lists: createListStore(table),
    seeds: createSeedStore(table),
    uploads: createQueue(sqs, uploadsQueue),
  };
};

export type Archive = ReturnType<typeof openArchive>;
