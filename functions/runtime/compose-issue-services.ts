import { createBucket } from '../adapters/bucket.ts';
import { createQueue } from '../adapters/queue.ts';
import { createTableClient } from '../adapters/table/client.ts';
import type { ComposeIssueServices } from '../compose-issue/services.ts';
import { createRender, type PrecompiledTemplates } from '../core/render.ts';
import { runUncorrelated } from '../platform/logger.ts';
import { createStores } from './create-stores.ts';
import type { readComposeIssueConfig } from './environment.ts';
import type { Wiring } from './wiring.ts';

interface ComposeIssueWiring extends Wiring<ReturnType<typeof readComposeIssueConfig>> {
  readonly mailer: ComposeIssueServices['mailer'];
  readonly templates: PrecompiledTemplates;
}

export const createComposeIssueServices = ({
  config,
  clients,
  mailer,
  templates,
  log,
  runCorrelated = runUncorrelated,
  now = () => new Date(),
}: ComposeIssueWiring): ComposeIssueServices => ({
  ...createStores(createTableClient(clients.dynamo, config.table), now),
  publication: config.publication,
  site: config.siteAddress,
  render: createRender(templates, config.publication.theme),
  buckets: {
    site: createBucket(clients.s3, config.siteBucket),
    internal: createBucket(clients.s3, config.internalBucket),
  },
  issuesQueue: createQueue(clients.sqs, config.issuesQueue),
  deliveriesQueue: createQueue(clients.sqs, config.deliveriesQueue),
  uploadsQueue: createQueue(clients.sqs, config.uploadsQueue),
  mailer,
  now,
  log,
  runCorrelated,
});
