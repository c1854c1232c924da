import { type Command, Option } from 'commander';
import { createSesClient } from '../../../functions/adapters/ses-mailer.ts';
import { createMailer } from '../../../functions/runtime/create-mailer.ts';
import { type ConnectOptions, connect } from '../connection/connect.ts';
import type { Connection } from '../connection/connection.ts';
import { toClientSettings } from '../connection/create-cli-clients.ts';
import { createCliServices } from '../connection/create-cli-services.ts';
import { buildBill } from '../cost/build-bill.ts';
import { countUsage } from '../cost/count-usage.ts';
import { formatBill } from '../cost/format-bill.ts';
import { addDefaultCounts, type KnownCounts, type MonthCounts, mergeCounts } from '../cost/month-counts.ts';
import { readPriceList } from '../cost/price-list.ts';
import { readKnownCounts } from '../cost/read-known-counts.ts';
import type { Io } from '../output/io.ts';
import { parseCount, parseLimit } from './arguments.ts';

type Options = ConnectOptions &
  Partial<Pick<MonthCounts, 'articles' | 'archive' | 'signUps' | 'pageViews' | 'feedReaders' | 'mailer'>> & {
    json?: boolean;
    whatIf?: boolean;
    daily?: number;
    weekly?: number;
    rate?: number;
  };

/** `seedpress cost`: what a month of a publication costs on AWS. */
export const addCost = (program: Command, io: Io): void => {
  program
    .command('cost')
    .description(
      'make out the bill of a month on AWS: of the last thirty days of the publication, with what you say in place of what was counted',
    )
    .option('--what-if', 'ask no publication: what you do not say is as is usual')
    .option('--daily <number>', 'who reads the daily issue', parseCount)
    .option('--weekly <number>', 'who reads the weekly issue', parseCount)
    .option('--articles <number>', 'articles in the month', parseCount)
    .option('--archive <number>', 'articles published so far', parseCount)
    .option('--sign-ups <number>', 'readers who sign up in the month', parseCount)
    .option('--page-views <number>', 'pages that readers look at in the month', parseCount)
    .option('--feed-readers <number>', 'feed readers that ask once an hour', parseCount)
    .option('--rate <number>', 'mails that the mailer takes in a second', parseLimit)
    .addOption(new Option('--mailer <mailer>', 'by what mails go out').choices(['ses', 'smtp']))
    .addHelpText(
      'after',
      '\nExample:\n  npx seedpress cost --what-if --daily 10000 --weekly 5000 --articles 60',
    )
    .action(async (_options: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const stated = toStatedCounts(options);
      const known = options.whatIf
        ? stated
        : mergeCounts(await countLastMonth(await connect(options, io)), stated);
      const list = readPriceList();
      const counts = addDefaultCounts(known);
      const bill = buildBill(countUsage(counts), list);
      const { region, asOf } = list;
      if (options.json) io.out(`${JSON.stringify({ region, asOf, known, counts, ...bill })}\n`);
      else io.out(formatBill(bill, known, list));
    });
};

/** What was said of a month, without what was not. */
const toStatedCounts = ({ daily, weekly, rate, articles, archive, ...options }: Options): KnownCounts => {
  const { signUps, pageViews, feedReaders, mailer } = options;
  return {
    ...(articles !== undefined && { articles }),
    ...(archive !== undefined && { archive }),
    ...(signUps !== undefined && { signUps }),
    ...(pageViews !== undefined && { pageViews }),
    ...(feedReaders !== undefined && { feedReaders }),
    ...(mailer !== undefined && { mailer }),
    ...(rate !== undefined && { mailsPerSecond: rate }),
    ...((daily ?? weekly) !== undefined && {
      subscribers: { ...(daily !== undefined && { daily }), ...(weekly !== undefined && { weekly }) },
    }),
  };
};

/** Counts the last thirty days of the publication that a connection leads to. */
const countLastMonth = (connection: Connection): Promise<KnownCounts> => {
  const services = createCliServices(connection);
  return readKnownCounts({
    ...services,
    now: connection.now(),
    site: services.buckets.site,
    mailer: createMailer(services.config, () =>
      createSesClient(toClientSettings(connection.environment, 'SESV2')),
    ),
  });
};
