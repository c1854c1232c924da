import { z } from 'zod';
import { entrySchema } from '../../../functions/core/entry.ts';
import { listNames } from '../../../functions/core/lifecycle/list-positions.ts';
import { sitePaths, toSiteUrl } from '../../../functions/core/site-paths.ts';
import { connectServices } from '../connection/create-cli-services.ts';
import { formatTable, formatTime } from '../output/format-values.ts';
import { type GlobalOptions, type Io, printResult } from '../output/io.ts';

const listedArticleSchema = entrySchema.pick({ slug: true, title: true, published: true }).extend({
  seedKeys: z.array(z.string()),
});

interface Options extends GlobalOptions {
  readonly topic?: string;
  readonly limit: number;
}

export const runArticles = async (options: Options, io: Io): Promise<void> => {
  const { publication, site, table } = await connectServices(options, io);
  const pk = options.topic === undefined ? listNames.latest : listNames.topic(options.topic);
  const found = await table.query({ pk, newestFirst: true, limit: options.limit }, listedArticleSchema);
  const articles = found.map(({ seedKeys, title, published, slug }) => ({
    key: seedKeys[0] ?? '',
    title,
    published,
    address: toSiteUrl(site, sitePaths.article({ slug })),
  }));
  const rows = articles.map(({ key, title, published, address }) => [
    formatTime(published, publication.timeZone),
    key,
    title,
    address,
  ]);
  printResult(io, options, articles, formatTable(rows));
  if (articles.length === 0) io.err('There are no articles yet.');
};
