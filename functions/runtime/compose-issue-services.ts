import { randomBytes } from 'node:crypto';
import { createBucket } from '../adapters/bucket.ts';
import type { Mailer } from '../adapters/mailer.ts';
import { createQueue } from '../adapters/queue.ts';
import { createBatchStore } from '../adapters/table/batches.ts';
import { createBuildStore } from '../adapters/table/build.ts';
import { createTableClient } from '../adapters/table/client.ts';
import { createIssueStore } from '../adapters/table/issues.ts';
import { createSubscriberStore } from '../adapters/table/subscribers.ts';
import { createTokenKeyStore } from '../adapters/table/token-keys.ts';
import type { ComposeIssueServices } from '../compose-issue/services.ts';
import { createRender, type TemplateSources } from '../core/render.ts';
import { type RunCorrelated, runUncorrelated } from '../platform/logger.ts';
import type { ComposeIssueConfig } from './environment.ts';
import type { AwsClients } from './publish-services.ts';

export interface ComposeIssueWiring {
  readonly config: Omit<ComposeIssueConfig, 'clients' | 'mail'>;
  readonly clients: AwsClients;
  readonly mailer: Pick<Mailer, 'sendOne'>;
  readonly templates: TemplateSources;
  readonly log: ComposeIssueServices['log'];
  readonly runCorrelated?: RunCorrelated;
  readonly now?: () => Date;
}

/** Wires what composing needs, once per cold start. */
export const createComposeIssueServices = (wiring: ComposeIssueWiring): ComposeIssueServices => {
  const {
    config,
    clients,
    mailer,
    templates,
    log,
    runCorrelated: about = runUncorrelated,
    now = () => new Date(),
  } = wiring;
  const table = createTableClient(clients.dynamo, config.table);
  return {
    publication: config.publication,
    site: config.site,
    render: createRender(templates),
    buckets: {
      site: createBucket(clients.s3, config.buckets.site),
      internal: createBucket(clients.s3, config.buckets.internal),
    },
    issues: createIssueStore(table),
    batches: createBatchStore(table),
    subscribers: createSubscriberStore(table),
    tokenKeys: createTokenKeyStore(table, { randomHex: (bytes) => randomBytes(bytes).toString('hex'), now }),
    build: createBuildStore(table),
    issuesQueue: createQueue(clients.sqs, config.queues.issues),
    deliveriesQueue: createQueue(clients.sqs, config.queues.deliveries),
    uploadsQueue: createQueue(clients.sqs, config.queues.uploads),
    mailer,
    log,
    runCorrelated: about,
  };
};
