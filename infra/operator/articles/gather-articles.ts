import { z } from 'zod';
import { createTableClient } from '../../../functions/adapters/table/client.ts';
import { entrySchema } from '../../../functions/core/entry.ts';
import { lists } from '../../../functions/core/filing/lists.ts';
import { addressOf, sitePaths } from '../../../functions/core/site-paths.ts';
import { readConfig } from '../../../functions/runtime/config.ts';
import type { Connection } from '../connection.ts';
import { createOperatorClients } from '../create-clients.ts';

const listedSchema = entrySchema.pick({ slug: true, title: true, published: true }).extend({
  sources: z.array(z.string()),
});

/** The articles that were announced last, or last in a topic, newest first. `key` is the seed's, in the seeds bucket. */
export const gatherArticles = async (
  connection: Pick<Connection, 'environment'>,
  { topic, limit }: { readonly topic?: string; readonly limit: number },
) => {
  const { site, table: name } = readConfig(connection.environment);
  const table = createTableClient(createOperatorClients(connection).dynamo, name);
  const pk = topic === undefined ? lists.latest : lists.topic(topic);
  const found = await table.query({ pk, newestFirst: true, limit }, listedSchema);
  return found.map(({ sources, title, published, slug }) => ({
    key: sources[0] ?? '',
    ...{ title, published },
    address: addressOf(site, sitePaths.article({ slug })),
  }));
};
