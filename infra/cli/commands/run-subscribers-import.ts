import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Cadence, selectCadences } from '../../../functions/core/publication.ts';
import { type CliServices, connectServices } from '../connection/create-cli-services.ts';
import { requireCadence } from '../newsletter/find-next-issue.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import { formatCount, formatTable } from '../output/format-values.ts';
import { type ChangeOptions, type Io, printResult, requireConfirmation } from '../output/io.ts';
import { runWithProgress } from '../output/run-with-progress.ts';
import { importSubscribers, refusalHeadings, type SubscriberImportCounts } from '../subscribers/import-subscribers.ts';
import { writeCsvFile } from '../subscribers/write-csv-file.ts';

interface Options extends ChangeOptions {
  readonly consent?: string;
  readonly cadence?: Cadence;
  readonly report?: string;
}

export const runSubscribersImport = async (file: string, options: Options, io: Io): Promise<void> => {
  const run = { file, report: toReportPath(file, options), options, io };
  const stores = await connectServices(options, io);
  const planned = await runImportOnce(stores, run, false);
  const isNeeded = planned.added + planned.addedAsLeft + planned.takenOff > 0;
  const isFinished = options.dryRun === true || !isNeeded;
  if (!isFinished) {
    io.err('This will happen:', ...formatCounts(planned));
    await requireConfirmation(io, 'Import?', options);
  }
  const counts = isFinished ? planned : await runImportOnce(stores, run, true);
  const report = counts.refused > 0 ? run.report : undefined;
  if (report) io.err(`The refused rows are listed in ${report}.`);
  printResult(io, options, { dryRun: options.dryRun === true, ...counts, report }, formatCounts(counts));
};

const toReportPath = (file: string, { report = `${file}.refused.csv` }: Options): string => {
  if (resolve(report) === resolve(file)) throw new CliError('The report would overwrite the file.', exitCodes.usage);
  return report;
};

interface SubscriberImportRun {
  readonly file: string;
  readonly report: string;
  readonly options: Options;
  readonly io: Io;
}

const runImportOnce = (
  stores: CliServices,
  { file, report, options, io }: SubscriberImportRun,
  write: boolean,
): Promise<SubscriberImportCounts> =>
  runWithProgress(io, async (showProgress) => {
    const cadence = options.cadence ?? selectCadences(stores.publication)[0] ?? 'daily';
    requireCadence(stores.publication, cadence);
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    const show = (bytes: number, rows: number): void =>
      showProgress(bytes / Math.max(1, size), formatCount(rows, 'row'));
    const { consent } = options;
    const csv = { headings: refusalHeadings, removesOlder: options.report === undefined };
    const { result } = await writeCsvFile(report, csv, (refusals) =>
      importSubscribers(stores, { file, write, cadence, consent, refusals, show }),
    );
    return result;
  });

const formatCounts = (counts: SubscriberImportCounts): string[] =>
  formatTable([
    ['Rows', String(counts.rows)],
    ['New subscribers', String(counts.added)],
    ['New, but left elsewhere', String(counts.addedAsLeft)],
    ['Left elsewhere', String(counts.takenOff)],
    ['Unchanged', String(counts.unchanged)],
    ['Refused', String(counts.refused)],
  ]);
