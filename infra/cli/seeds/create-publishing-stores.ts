import { createBucket } from '../../../functions/adapters/bucket.ts';
import { createQueue } from '../../../functions/adapters/queue.ts';
import { createArticleStore } from '../../../functions/adapters/table/articles.ts';
import { createBuildStore } from '../../../functions/adapters/table/build.ts';
import { createTableClient } from '../../../functions/adapters/table/client.ts';
import { createIssueStore } from '../../../functions/adapters/table/issues.ts';
import { createListStore } from '../../../functions/adapters/table/lists.ts';
import { createSeedStore } from '../../../functions/adapters/table/seeds.ts';
import { readPublishConfig } from '../../../functions/runtime/environment.ts';
import type { Connection } from '../connection/connection.ts';
import { countMessages } from '../connection/count-messages.ts';
import { createCliClients } from '../connection/create-clients.ts';

/** The buckets, records and queue by which seeds are published. */
export const createPublishingStores = (connection: Pick<Connection, 'environment' | 'now'>) => {
  const { site, buckets, table: tableName, uploadsQueue } = readPublishConfig(connection.environment);
  const { dynamo, s3, sqs } = createCliClients(connection);
  const table = createTableClient(dynamo, tableName);
  return {
    ...{ site, now: connection.now, s3, dynamo, tableName },
    buckets: {
      seeds: createBucket(s3, buckets.seeds),
      site: createBucket(s3, buckets.site),
      internal: createBucket(s3, buckets.internal),
    },
    seeds: createSeedStore(table),
    articles: createArticleStore(table),
    lists: createListStore(table),
    build: createBuildStore(table),
    issues: createIssueStore(table),
    uploadsQueue: createQueue(sqs, uploadsQueue),
    /** About how many messages of uploads nobody has finished with. */
    countUploads: async (): Promise<number> => {
      const counts = await countMessages(sqs, [{ name: 'uploads', url: uploadsQueue }]);
      return counts.reduce((sum, { waiting, inFlight }) => sum + waiting + inFlight, 0);
    },
  };
};

export type PublishingStores = ReturnType<typeof createPublishingStores>;
