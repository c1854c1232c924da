import { rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type Cadence, selectCadences } from '../../../functions/core/publication.ts';
import { type ConnectOptions, connect } from '../connection/connect.ts';
import { type CliServices, createCliServices } from '../connection/create-cli-services.ts';
import { requireCadence } from '../newsletter/find-next-issue.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import { createProgressBar } from '../output/create-progress-bar.ts';
import { formatTable } from '../output/format-table.ts';
import type { Io } from '../output/io.ts';
import { requireConfirmation } from '../output/require-confirmation.ts';
import { createCsvFile } from '../subscribers/create-csv-file.ts';
import { importSubscribers, type SubscriberImportCounts } from '../subscribers/import-subscribers.ts';
import { parseCadence } from './arguments.ts';

interface Options extends ConnectOptions {
  readonly json?: boolean;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly consent?: string;
  readonly cadence?: Cadence;
  readonly report?: string;
}

const help = `
Columns, by their headings, in any order:
  email         the address
  cadence       daily or weekly; else that of --cadence
  status        active (or empty), unsubscribed, bounced, complained
  confirmed at  when they consented, such as 2024-06-05 or 2024-06-05T10:00:00Z
  consent       how they consented, in words; else those of --consent
  paused        yes, for who takes no issue for now

An import adds whom nobody knows here, if the file says when and how they consented, and takes off who left elsewhere.
It changes nobody else: who left here stays so. Broken off and run again, it does the rest.

Example:
  npx seedpress subscribers import readers.csv --consent "Signed up on the old site"`;

/** `seedpress subscribers import`: readers of another system. */
export const addSubscribersImport = (subscribers: Command, io: Io): void => {
  subscribers
    .command('import')
    .argument('<file>', 'a CSV file with headings, separated by comma, semicolon or tab')
    .description('take readers in from a CSV file, after telling what would come of it')
    .option('--consent <text>', 'how all consented whose row does not say so')
    .option('--cadence <cadence>', 'for rows that name none: daily or weekly', parseCadence)
    .option('--report <file>', 'where the refused rows are written, with the reason (FILE.refused.csv)')
    .option('--dry-run', 'change nothing')
    .option('--yes', 'do not ask')
    .addHelpText('after', help)
    .action(async (file: string, _options: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const run = { file, report: toReportPath(file, options), options, io };
      const ledger = createCliServices(await connect(options, io));
      const planned = await runSubscriberImport(ledger, run, false);
      const isNeeded = planned.added + planned.addedAsLeft + planned.takenOff > 0;
      const isFinished = options.dryRun === true || !isNeeded;
      if (!isFinished) {
        io.err(`It would do this:\n${formatCounts(planned)}`);
        await requireConfirmation(io, 'Do it?', options.yes);
      }
      const counts = isFinished ? planned : await runSubscriberImport(ledger, run, true);
      const report = counts.refused > 0 ? run.report : undefined;
      if (report) io.err(`The refused rows are in ${report}.\n`);
      io.out(
        options.json
          ? `${JSON.stringify({ dryRun: options.dryRun === true, ...counts, report })}\n`
          : formatCounts(counts),
      );
    });
};

const toReportPath = (file: string, { report = `${file}.refused.csv` }: Options): string => {
  if (resolve(report) === resolve(file))
    throw new CliError('The report would take the place of the file.', exitCodes.usage);
  return report;
};

interface SubscriberImportRun {
  readonly file: string;
  readonly report: string;
  readonly options: Options;
  readonly io: Io;
}

const runSubscriberImport = async (
  ledger: CliServices,
  { file, report, options, io }: SubscriberImportRun,
  write: boolean,
): Promise<SubscriberImportCounts> => {
  const cadence = options.cadence ?? selectCadences(ledger.publication)[0] ?? 'daily';
  requireCadence(ledger.publication, cadence);
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const bar = createProgressBar(io);
  const refusals = createCsvFile(report, ['line', 'email', 'reason']);
  const show = (bytes: number, rows: number): void => bar.show(bytes / Math.max(1, size), `${rows} rows`);
  try {
    const { consent } = options;
    const counts = await importSubscribers(ledger, { file, write, cadence, consent, refusals, show });
    // That of an earlier run would tell of what is mended by now.
    if (!(await refusals.finish()) && options.report === undefined) rmSync(report, { force: true });
    return counts;
  } catch (error) {
    await refusals.abandon();
    throw error;
  } finally {
    bar.end();
  }
};

const formatCounts = ({
  rows,
  added,
  addedAsLeft,
  takenOff,
  unchanged,
  refused,
}: SubscriberImportCounts): string =>
  formatTable([
    ['Rows', String(rows)],
    ['New readers', String(added)],
    ['New, and left', String(addedAsLeft)],
    ['Taken off', String(takenOff)],
    ['Known, unchanged', String(unchanged)],
    ['Refused', String(refused)],
  ]);
