import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createBucket } from '../adapters/bucket.ts';
import type { Mailer } from '../adapters/mailer.ts';
import { createQueue } from '../adapters/queue.ts';
import { createBatchStore } from '../adapters/table/batches.ts';
import { createTableClient } from '../adapters/table/client.ts';
import { createFeedbackStore } from '../adapters/table/feedback.ts';
import { createRateLimitStore } from '../adapters/table/rate-limit.ts';
import { createSubscriberStore } from '../adapters/table/subscribers.ts';
import { createTokenKeyStore } from '../adapters/table/token-keys.ts';
import { createIssueMailReader } from '../deliver/issue-mail-reader.ts';
import type { DeliverServices } from '../deliver/services.ts';
import { type Log, type RunCorrelated, runUncorrelated } from '../platform/logger.ts';
import type { FeedbackServices } from '../record-feedback/services.ts';
import type { DeliverConfig } from './environment.ts';

export interface FeedbackWiring {
  readonly table: string;
  readonly dynamo: DynamoDBDocumentClient;
  readonly log: Log;
  readonly runCorrelated?: RunCorrelated;
  readonly now?: () => Date;
}

/** Wires what the mailer's feedback needs, once per cold start. */
export const createFeedbackServices = (wiring: FeedbackWiring): FeedbackServices => {
  const { dynamo, log, runCorrelated: about = runUncorrelated, now = () => new Date() } = wiring;
  const table = createTableClient(dynamo, wiring.table);
  return {
    subscribers: createSubscriberStore(table),
    tokenKeys: createTokenKeyStore(table, { randomHex: (bytes) => randomBytes(bytes).toString('hex'), now }),
    rateLimit: createRateLimitStore(table),
    feedback: createFeedbackStore(table),
    now,
    log,
    runCorrelated: about,
  };
};

export interface DeliverWiring extends Omit<FeedbackWiring, 'table'> {
  readonly config: Pick<
    DeliverConfig,
    'publication' | 'site' | 'internalBucket' | 'table' | 'deliveriesQueue'
  >;
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  readonly mailer: Mailer;
}

/** Wires what delivery needs, once per cold start. */
export const createDeliverServices = (wiring: DeliverWiring): DeliverServices => {
  const { config, s3, sqs, mailer } = wiring;
  const { publication, site, table } = config;
  return {
    ...createFeedbackServices({ ...wiring, table }),
    publication,
    site,
    issueMails: createIssueMailReader(createBucket(s3, config.internalBucket)),
    batches: createBatchStore(createTableClient(wiring.dynamo, table)),
    deliveriesQueue: createQueue(sqs, config.deliveriesQueue),
    mailer,
    sleep: (milliseconds) => sleep(milliseconds),
  };
};
