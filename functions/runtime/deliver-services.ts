import { setTimeout as sleep } from 'node:timers/promises';
import { createBucket } from '../adapters/bucket.ts';
import type { Mailer } from '../adapters/mailer.ts';
import { createQueue } from '../adapters/queue.ts';
import { createTableClient } from '../adapters/table/client.ts';
import { createIssueMailReader } from '../deliver/issue-mail-reader.ts';
import type { DeliverServices } from '../deliver/services.ts';
import { runUncorrelated } from '../platform/logger.ts';
import { createStores } from './create-stores.ts';
import type { readDeliverConfig } from './environment.ts';
import type { Wiring } from './wiring.ts';

interface DeliverWiring extends Wiring<ReturnType<typeof readDeliverConfig>> {
  readonly mailer: Mailer;
}

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
