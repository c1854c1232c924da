import type { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Mailer } from '../adapters/mailer.ts';
import { createQueue } from '../adapters/queue.ts';
import { createTableClient } from '../adapters/table/client.ts';
import { createRender, type TemplateSources } from '../core/render.ts';
import type { Log } from '../platform/logger.ts';
import type { SubscriptionsServices } from '../subscriptions/services.ts';
import { createStores } from './create-stores.ts';
import type { readSubscriptionsConfig } from './environment.ts';

export interface SubscriptionsWiring {
  readonly config: Pick<ReturnType<typeof readSubscriptionsConfig>, 'publication' | 'table' | 'issuesQueue'>;
  readonly clients: { readonly dynamo: DynamoDBDocumentClient; readonly sqs: SQSClient };
  readonly mailer: Mailer;
  readonly templates: TemplateSources;
  readonly log: Log;
  readonly now?: () => Date;
}

/** Wires what `subscriptions` needs for readers and for the operator's approvals, once per cold start. */
export const createSubscriptionsServices = ({
  config,
  clients,
  mailer,
  templates,
  log,
  now = () => new Date(),
}: SubscriptionsWiring): SubscriptionsServices => {
  const stores = createStores(createTableClient(clients.dynamo, config.table), now);
  return {
    ...stores,
    publication: config.publication,
    render: createRender(templates),
    site: async () => (await stores.build.get()).site,
    issuesQueue: createQueue(clients.sqs, config.issuesQueue),
    mailer,
    now,
    log,
  };
};
