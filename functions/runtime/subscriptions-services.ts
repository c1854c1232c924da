import { createBucket } from '../adapters/bucket.ts';
import type { Mailer } from '../adapters/mailer.ts';
import { createQueue } from '../adapters/queue.ts';
import { createTableClient } from '../adapters/table/client.ts';
import { createRender, type PrecompiledTemplates } from '../core/render.ts';
import type { SubscriptionsServices } from '../subscriptions/services.ts';
import { createStores } from './create-stores.ts';
import type { readSubscriptionsConfig } from './environment.ts';
import type { Wiring } from './wiring.ts';

type Config = Pick<
  ReturnType<typeof readSubscriptionsConfig>,
  'publication' | 'internalBucket' | 'table' | 'issuesQueue'
>;

interface SubscriptionsWiring extends Omit<Wiring<Config>, 'runCorrelated'> {
  readonly mailer: Mailer;
  readonly templates: PrecompiledTemplates;
}

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
    render: createRender(templates, config.publication.theme),
    readSite: stores.build.get,
    buckets: { internal: createBucket(clients.s3, config.internalBucket) },
    issuesQueue: createQueue(clients.sqs, config.issuesQueue),
    mailer,
    now,
    log,
  };
};
