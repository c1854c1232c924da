import { randomBytes } from 'node:crypto';
import { createBucket } from '../../../functions/adapters/bucket.ts';
import { createQueue } from '../../../functions/adapters/queue.ts';
import { createBatchStore } from '../../../functions/adapters/table/batches.ts';
import { createBuildStore } from '../../../functions/adapters/table/build.ts';
import { createTableClient } from '../../../functions/adapters/table/client.ts';
import { createFeedbackStore } from '../../../functions/adapters/table/feedback.ts';
import { createIssueStore } from '../../../functions/adapters/table/issues.ts';
import { createRateLimitStore } from '../../../functions/adapters/table/rate-limit.ts';
import { createSubscriberStore } from '../../../functions/adapters/table/subscribers.ts';
import { createTokenKeyStore } from '../../../functions/adapters/table/token-keys.ts';
import { readComposeIssueConfig } from '../../../functions/runtime/environment.ts';
import type { Connection } from './connection.ts';
import { createCliClients } from './create-clients.ts';

/** The records and queues of a publication's newsletter. */
export const createNewsletterStores = (connection: Pick<Connection, 'environment' | 'now'>) => {
  const {
    publication,
    site,
    buckets,
    table: tableName,
    queues,
  } = readComposeIssueConfig(connection.environment);
  const { dynamo, s3, sqs } = createCliClients(connection);
  const table = createTableClient(dynamo, tableName);
  const { now } = connection;
  return {
    ...{ publication, site, now, dynamo, tableName },
    internal: createBucket(s3, buckets.internal),
    issues: createIssueStore(table),
    batches: createBatchStore(table),
    feedback: createFeedbackStore(table),
    rateLimit: createRateLimitStore(table),
    build: createBuildStore(table),
    subscribers: createSubscriberStore(table),
    tokenKeys: createTokenKeyStore(table, { randomHex: (bytes) => randomBytes(bytes).toString('hex'), now }),
    /** Calls to compose. */
    issuesQueue: createQueue(sqs, queues.issues),
    /** A message for each delivery batch. */
    deliveriesQueue: createQueue(sqs, queues.deliveries),
  };
};

export type NewsletterStores = ReturnType<typeof createNewsletterStores>;
