import { randomBytes } from 'node:crypto';
import { createBucket } from '../../../functions/adapters/bucket.ts';
import { createQueue } from '../../../functions/adapters/queue.ts';
import { createBatchStore } from '../../../functions/adapters/table/batches.ts';
import { createBuildStore } from '../../../functions/adapters/table/build.ts';
import { createTableClient } from '../../../functions/adapters/table/client.ts';
import { createFeedbackStore } from '../../../functions/adapters/table/feedback.ts';
import { createIssueStore } from '../../../functions/adapters/table/issues.ts';
import { createPaceStore } from '../../../functions/adapters/table/pace.ts';
import { createSubscriberStore } from '../../../functions/adapters/table/subscribers.ts';
import { createTokenKeyStore } from '../../../functions/adapters/table/token-keys.ts';
import { readComposingConfig } from '../../../functions/runtime/config.ts';
import type { Connection } from '../connection.ts';
import { createOperatorClients } from '../create-clients.ts';

/** The records and queues of a publication's newsletter. */
export const openLedger = (connection: Pick<Connection, 'environment' | 'now'>) => {
  const {
    publication,
    site,
    buckets,
    table: tableName,
    queues,
  } = readComposingConfig(connection.environment);
  const { dynamo, s3, sqs } = createOperatorClients(connection);
  const table = createTableClient(dynamo, tableName);
  const { now } = connection;
  return {
    ...{ publication, site, now, dynamo, tableName },
    desk: createBucket(s3, buckets.desk),
    issues: createIssueStore(table),
    batches: createBatchStore(table),
    feedback: createFeedbackStore(table),
    pace: createPaceStore(table),
    build: createBuildStore(table),
    subscribers: createSubscriberStore(table),
    tokenKeys: createTokenKeyStore(table, { random: (bytes) => randomBytes(bytes).toString('hex'), now }),
    /** Calls to compose. */
    calls: createQueue(sqs, queues.issues),
    /** A message for each delivery batch. */
    deliveries: createQueue(sqs, queues.deliveries),
  };
};

export type Ledger = ReturnType<typeof openLedger>;
