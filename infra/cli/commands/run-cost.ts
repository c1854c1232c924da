import { createSesClient } from '../../../functions/adapters/ses-mailer.ts';
import { createMailer } from '../../../functions/runtime/create-mailer.ts';
import { connect } from '../connection/connect.ts';
import type { Connection } from '../connection/connection.ts';
import { toClientSettings } from '../connection/create-cli-clients.ts';
import { createCliServices } from '../connection/create-cli-services.ts';
import { buildBill } from '../cost/build-bill.ts';
import { countUsage } from '../cost/count-usage.ts';
import { formatBill } from '../cost/format-bill.ts';
import { addDefaultCounts, type KnownCounts, type MonthCounts, mergeCounts } from '../cost/month-counts.ts';
import { readPriceList } from '../cost/price-list.ts';
import { readKnownCounts } from '../cost/read-known-counts.ts';
import { readStackResources } from '../cost/stack-resources.ts';
import { synthesizeTemplate } from '../cost/synthesize-template.ts';
import { type GlobalOptions, type Io, printResult } from '../output/io.ts';

type StatedCount = 'articles' | 'archive' | 'signUps' | 'pageViews' | 'feedReaders' | 'mailer';

interface Options extends GlobalOptions, Partial<Pick<MonthCounts, StatedCount>> {
  readonly whatIf?: boolean;
  readonly immediately?: number;
  readonly daily?: number;
  readonly weekly?: number;
  readonly monthly?: number;
  readonly rate?: number;
}

export const runCost = async (options: Options, io: Io): Promise<void> => {
  const stated = toStatedCounts(options);
  const connection = options.whatIf ? undefined : await connect(options, io);
  const known = connection ? mergeCounts(await countLastMonth(connection), stated) : stated;
  const list = readPriceList();
  const counts = addDefaultCounts(known);
  // With another mailer than the publication's, the stack has other queues and alarms.
  const template =
    connection && stated.mailer === undefined
      ? await connection.readTemplate()
      : await synthesizeTemplate(counts.mailer);
  const bill = buildBill(countUsage(counts, readStackResources(template)), list);
  const { region, asOf } = list;
  printResult(io, options, { region, asOf, known, counts, ...bill }, formatBill(bill, known, list));
};

const toStatedCounts = ({
  immediately,
  daily,
  weekly,
  monthly,
  rate,
  articles,
  archive,
  ...options
}: Options): KnownCounts => {
  const { signUps, pageViews, feedReaders, mailer } = options;
  return {
    ...(articles !== undefined && { articles }),
    ...(archive !== undefined && { archive }),
    ...(signUps !== undefined && { signUps }),
    ...(pageViews !== undefined && { pageViews }),
    ...(feedReaders !== undefined && { feedReaders }),
    ...(mailer !== undefined && { mailer }),
    ...(rate !== undefined && { mailsPerSecond: rate }),
    ...((immediately ?? daily ?? weekly ?? monthly) !== undefined && {
      subscribers: {
        ...(immediately !== undefined && { immediately }),
        ...(daily !== undefined && { daily }),
        ...(weekly !== undefined && { weekly }),
        ...(monthly !== undefined && { monthly }),
      },
    }),
  };
};

const countLastMonth = (connection: Connection): Promise<KnownCounts> => {
  const services = createCliServices(connection);
  const createClient = () => createSesClient(toClientSettings(connection.environment, 'SESV2'));
  return readKnownCounts(services, createMailer(services.config, createClient));
};
