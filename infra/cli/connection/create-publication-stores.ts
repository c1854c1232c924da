import { createBucket } from '../../../functions/adapters/bucket.ts';
import { createQueue } from '../../../functions/adapters/queue.ts';
import { createArticleStore } from '../../../functions/adapters/table/articles.ts';
import { createTableClient } from '../../../functions/adapters/table/client.ts';
import { createListStore } from '../../../functions/adapters/table/lists.ts';
import { createSeedStore } from '../../../functions/adapters/table/seeds.ts';
import { readPublishConfig } from '../../../functions/runtime/environment.ts';
import type { Connection } from './connection.ts';
import { createCliClients } from './create-clients.ts';
import { createNewsletterStores } from './create-newsletter-stores.ts';

/** All that a publication consists of: its records, its buckets, and the queue that asks for a build. */
export const createPublicationStores = (connection: Pick<Connection, 'environment' | 'now'>) => {
  const { buckets, uploadsQueue } = readPublishConfig(connection.environment);
  const { s3, sqs } = createCliClients(connection);
  const ledger = createNewsletterStores(connection);
  const table = createTableClient(ledger.dynamo, ledger.tableName);
  return {
    ...ledger,
    s3,
    buckets: {
      seeds: createBucket(s3, buckets.seeds),
      site: createBucket(s3, buckets.site),
      internal: createBucket(s3, buckets.internal),
    },
    articles: createArticleStore(table),
    lists: createListStore(table),
    seeds: createSeedStore(table),
    uploadsQueue: createQueue(sqs, uploadsQueue),
  };
};

export type PublicationStores = ReturnType<typeof createPublicationStores>;
