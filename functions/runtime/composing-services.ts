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
import type { ComposingServices } from '../composing/services.ts';
import { createRender, type TemplateSources } from '../core/render.ts';
import { type About, aboutNothing } from '../publishing/services.ts';
import type { ComposingConfig } from './config.ts';
import type { Clients } from './services.ts';

export interface ComposingWiring {
  readonly config: Omit<ComposingConfig, 'clients' | 'mail'>;
  readonly clients: Clients;
  readonly mailer: Pick<Mailer, 'sendOne'>;
  readonly templates: TemplateSources;
  readonly log: ComposingServices['log'];
  readonly about?: About;
  readonly now?: () => Date;
}

/** Wires what composing needs, once per cold start. */
export const createComposingServices = (wiring: ComposingWiring): ComposingServices => {
  const { config, clients, mailer, templates, log, about = aboutNothing, now = () => new Date() } = wiring;
  const table = createTableClient(clients.dynamo, config.table);
  return {
    publication: config.publication,
    site: config.site,
    render: createRender(templates),
    buckets: {
      site: createBucket(clients.s3, config.buckets.site),
      desk: createBucket(clients.s3, config.buckets.desk),
    },
    issues: createIssueStore(table),
    batches: createBatchStore(table),
    subscribers: createSubscriberStore(table),
    tokenKeys: createTokenKeyStore(table, { random: (bytes) => randomBytes(bytes).toString('hex'), now }),
    build: createBuildStore(table),
    calls: createQueue(clients.sqs, config.queues.issues),
    deliveries: createQueue(clients.sqs, config.queues.deliveries),
    uploads: createQueue(clients.sqs, config.queues.uploads),
    mailer,
    log,
    about,
  };
};
