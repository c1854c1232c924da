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
import { createPaceStore } from '../adapters/table/pace.ts';
import { createSubscriberStore } from '../adapters/table/subscribers.ts';
import { createTokenKeyStore } from '../adapters/table/token-keys.ts';
import { createLetterReader } from '../delivering/letter-reader.ts';
import type { DeliveringServices, FeedbackServices } from '../delivering/services.ts';
import { type About, aboutNothing, type Log } from '../publishing/services.ts';
import type { DeliveringConfig } from './config.ts';

export interface FeedbackWiring {
  readonly table: string;
  readonly dynamo: DynamoDBDocumentClient;
  readonly log: Log;
  readonly about?: About;
  readonly now?: () => Date;
}

/** Wires what the mailer's feedback needs, once per cold start. */
export const createFeedbackServices = (wiring: FeedbackWiring): FeedbackServices => {
  const { dynamo, log, about = aboutNothing, now = () => new Date() } = wiring;
  const table = createTableClient(dynamo, wiring.table);
  return {
    subscribers: createSubscriberStore(table),
    keys: createTokenKeyStore(table, { random: (bytes) => randomBytes(bytes).toString('hex'), now }),
    pace: createPaceStore(table),
    feedback: createFeedbackStore(table),
    now,
    log,
    about,
  };
};

export interface DeliveringWiring extends Omit<FeedbackWiring, 'table'> {
  readonly config: Pick<DeliveringConfig, 'publication' | 'site' | 'desk' | 'table' | 'deliveriesQueue'>;
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  readonly mailer: Mailer;
}

/** Wires what delivery needs, once per cold start. */
export const createDeliveringServices = (wiring: DeliveringWiring): DeliveringServices => {
  const { config, s3, sqs, mailer } = wiring;
  const { publication, site, table } = config;
  return {
    ...createFeedbackServices({ ...wiring, table }),
    publication,
    site,
    letters: createLetterReader(createBucket(s3, config.desk)),
    batches: createBatchStore(createTableClient(wiring.dynamo, table)),
    deliveries: createQueue(sqs, config.deliveriesQueue),
    mailer,
    sleep: (milliseconds) => sleep(milliseconds),
  };
};
