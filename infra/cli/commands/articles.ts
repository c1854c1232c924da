import type { Command } from 'commander';
import { z } from 'zod';
import { entrySchema } from '../../../functions/core/entry.ts';
import { listNames } from '../../../functions/core/lifecycle/list-positions.ts';
import { sitePaths, toSiteUrl } from '../../../functions/core/site-paths.ts';
import { type ConnectOptions, connect } from '../connection/connect.ts';
import type { Connection } from '../connection/connection.ts';
import { createCliServices } from '../connection/create-cli-services.ts';
import { formatTable } from '../output/format-table.ts';
import type { Io } from '../output/io.ts';
import { parseLimit } from './arguments.ts';

const listedArticleSchema = entrySchema.pick({ slug: true, title: true, published: true }).extend({
  seedKeys: z.array(z.string()),
});

/** The articles that were announced last, or last in a topic, newest first. `key` is the seed's, in the seeds bucket. */
const listRecentArticles = async (
  connection: Pick<Connection, 'environment' | 'now'>,
  { topic, limit }: { readonly topic?: string; readonly limit: number },
) => {
  const { site, table } = createCliServices(connection);
  const pk = topic === undefined ? listNames.latest : listNames.topic(topic);
  const found = await table.query({ pk, newestFirst: true, limit }, listedArticleSchema);
  return found.map(({ seedKeys, title, published, slug }) => ({
    key: seedKeys[0] ?? '',
    ...{ title, published },
    address: toSiteUrl(site, sitePaths.article({ slug })),
  }));
};

type Options = ConnectOptions & { json?: boolean; topic?: string; limit: number };

/** `seedpress articles`: what was published last. */
export const addArticles = (program: Command, io: Io): void => {
  program
    .command('articles')
    .description('list the published articles, newest first: seed, title, date, address')
    .option('--limit <number>', 'how many at most', parseLimit, 20)
    .option('--topic <slug>', "those of one topic, by the name in its page's address")
    .addHelpText('after', '\nExample:\n  npx seedpress articles --topic energy --limit 5')
    .action(async (_options: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const articles = await listRecentArticles(await connect(options, io), options);
      if (options.json) io.out(`${JSON.stringify(articles)}\n`);
      else if (articles.length === 0) io.err('No article yet.\n');
      else io.out(formatTable(articles.map((each) => [each.published, each.key, each.title, each.address])));
    });
};
