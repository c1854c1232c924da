import type { Command } from 'commander';
import { parseLimit } from '../arguments.ts';
import { listRecentArticles } from '../articles/gather-articles.ts';
import { type ConnectOptions, connect } from '../connect.ts';
import type { Io } from '../io.ts';
import { formatTable } from '../output/format-table.ts';

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
