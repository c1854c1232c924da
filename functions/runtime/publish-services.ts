import { randomUUID } from 'node:crypto';
import { createBodyReader } from '../adapters/body-reader.ts';
import { createBucket } from '../adapters/bucket.ts';
import { createQueue } from '../adapters/queue.ts';
import type { SeedParser } from '../adapters/seed-parser.ts';
import { createBuilderMemory } from '../adapters/table/builder-memory.ts';
import { createTableClient } from '../adapters/table/client.ts';
import { createWebSubClient } from '../adapters/websub.ts';
import { fingerprint } from '../core/identity.ts';
import { createRender, type PrecompiledTemplates } from '../core/render.ts';
import { runUncorrelated } from '../platform/logger.ts';
import type { PublishServices } from '../publish/services.ts';
import { createPublishStores } from './create-publish-stores.ts';
import type { readPublishConfig } from './environment.ts';
import type { Wiring } from './wiring.ts';

interface PublishWiring extends Wiring<ReturnType<typeof readPublishConfig>> {
  readonly templates: PrecompiledTemplates;
  readonly themeFiles: PublishServices['themeFiles'];
  /** Fingerprint of the code that shapes documents: other code builds every document again. */
  readonly documentCode: string;
  readonly seedParser: SeedParser;
}

export const createPublishServices = ({
  config,
  clients,
  templates,
  themeFiles,
  documentCode,
  seedParser,
  log,
  runCorrelated = runUncorrelated,
  now = () => new Date(),
}: PublishWiring): PublishServices => {
  const buckets = {
    seeds: createBucket(clients.s3, config.seedsBucket),
    site: createBucket(clients.s3, config.siteBucket),
    internal: createBucket(clients.s3, config.internalBucket),
  };
  const stores = createPublishStores(createTableClient(clients.dynamo, config.table));
  return {
    ...stores,
    ...createBuilderMemory(stores),
    publication: config.publication,
    site: config.siteAddress,
    buildVersion: fingerprint(
      JSON.stringify(config.publication),
      config.siteAddress,
      JSON.stringify(templates),
      JSON.stringify(themeFiles),
      documentCode,
    ),
    themeFiles,
    render: createRender(templates, config.publication.theme),
    buckets,
    bodies: createBodyReader({ buckets, site: config.siteAddress }),
    seedParser,
    uploadsQueue: createQueue(clients.sqs, config.uploadsQueue),
    issuesQueue: config.issuesQueue === undefined ? undefined : createQueue(clients.sqs, config.issuesQueue),
    webSub: createWebSubClient(),
    now,
    createId: randomUUID,
    log,
    runCorrelated,
  };
};
