import { z } from 'zod';
import { createTableClient } from '../../../functions/adapters/table/client.ts';
import { entrySchema } from '../../../functions/core/entry.ts';
import { listNames } from '../../../functions/core/filing/lists.ts';
import { sitePaths, toSiteUrl } from '../../../functions/core/site-paths.ts';
import { readPublishConfig } from '../../../functions/runtime/config.ts';
import type { Connection } from '../connection.ts';
import { createCliClients } from '../create-clients.ts';

const listedArticleSchema = entrySchema.pick({ slug: true, title: true, published: true }).extend({
  seedKeys: z.array(z.string()),
});

/** The articles that were announced last, or last in a topic, newest first. `key` is the seed's, in the seeds bucket. */
export const listRecentArticles = async (
  connection: Pick<Connection, 'environment'>,
  { topic, limit }: { readonly topic?: string; readonly limit: number },
) => {
  const { site, table: name } = readPublishConfig(connection.environment);
  const table = createTableClient(createCliClients(connection).dynamo, name);
  const pk = topic === undefined ? listNames.latest : listNames.topic(topic);
  const found = await table.query({ pk, newestFirst: true, limit }, listedArticleSchema);
  return found.map(({ seedKeys, title, published, slug }) => ({
    key: seedKeys[0] ?? '',
    ...{ title, published },
    address: toSiteUrl(site, sitePaths.article({ slug })),
  }));
};
