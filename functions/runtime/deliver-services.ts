import { setTimeout as sleep } from 'node:timers/promises';
import { createBucket } from '../adapters/bucket.ts';
import type { Mailer } from '../adapters/mailer.ts';
import { createQueue } from '../adapters/queue.ts';
import { createTableClient } from '../adapters/table/client.ts';
import { createIssueMailReader } from '../deliver/issue-mail-reader.ts';
import type { DeliverServices } from '../deliver/services.ts';
import { type Log, type RunCorrelated, runUncorrelated } from '../platform/logger.ts';
import type { AwsClients } from './clients.ts';
import { createStores } from './create-stores.ts';
import type { readDeliverConfig } from './environment.ts';

export interface DeliverWiring {
  readonly config: ReturnType<typeof readDeliverConfig>;
  readonly clients: AwsClients;
  readonly mailer: Mailer;
  readonly log: Log;
  readonly runCorrelated?: RunCorrelated;
  readonly now?: () => Date;
}

/** Wires what `deliver` needs, once per cold start. */
export const createDeliverServices = ({
  config,
  clients,
  mailer,
  log,
  runCorrelated = runUncorrelated,
  now = () => new Date(),
}: DeliverWiring): DeliverServices => ({
  ...createStores(createTableClient(clients.dynamo, config.table), now),
  publication: config.publication,
  site: config.siteAddress,
  issueMails: createIssueMailReader(createBucket(clients.s3, config.internalBucket)),
  deliveriesQueue: createQueue(clients.sqs, config.deliveriesQueue),
  mailer,
  sleep: (milliseconds) => sleep(milliseconds),
  now,
  log,
  runCorrelated,
});
