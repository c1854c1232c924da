import { rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Cadence, selectCadences } from '../../../functions/core/publication.ts';
import { connect, type GlobalOptions } from '../connection/connect.ts';
import { type CliServices, createCliServices } from '../connection/create-cli-services.ts';
import { requireCadence } from '../newsletter/find-next-issue.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import { formatCount } from '../output/format-count.ts';
import { formatTable } from '../output/format-table.ts';
import type { Io } from '../output/io.ts';
import { printResult } from '../output/print-result.ts';
import { requireConfirmation } from '../output/require-confirmation.ts';
import { runWithProgress } from '../output/run-with-progress.ts';
import { createCsvFile } from '../subscribers/create-csv-file.ts';
import { importSubscribers, type SubscriberImportCounts } from '../subscribers/import-subscribers.ts';

interface Options extends GlobalOptions {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly consent?: string;
  readonly cadence?: Cadence;
  readonly report?: string;
}

export const runSubscribersImport = async (file: string, options: Options, io: Io): Promise<void> => {
  const run = { file, report: toReportPath(file, options), options, io };
  const stores = createCliServices(await connect(options, io));
  const planned = await runImportOnce(stores, run, false);
  const isNeeded = planned.added + planned.addedAsLeft + planned.takenOff > 0;
  const isFinished = options.dryRun === true || !isNeeded;
  if (!isFinished) {
    io.err(`This will happen:\n${formatCounts(planned)}`);
    await requireConfirmation(io, 'Import?', options.yes);
  }
  const counts = isFinished ? planned : await runImportOnce(stores, run, true);
  const report = counts.refused > 0 ? run.report : undefined;
  if (report) io.err(`The refused rows are listed in ${report}.\n`);
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
    const refusals = createCsvFile(report, ['line', 'email', 'reason']);
    const show = (bytes: number, rows: number): void =>
      showProgress(bytes / Math.max(1, size), formatCount(rows, 'row'));
    try {
      const { consent } = options;
      const counts = await importSubscribers(stores, { file, write, cadence, consent, refusals, show });
      // The report of an earlier run lists what is fixed by now.
      if (!(await refusals.finish()) && options.report === undefined) rmSync(report, { force: true });
      return counts;
    } catch (error) {
      await refusals.abandon();
      throw error;
    }
  });

const formatCounts = (counts: SubscriberImportCounts): string =>
  formatTable([
    ['Rows', String(counts.rows)],
    ['New subscribers', String(counts.added)],
    ['New, but left elsewhere', String(counts.addedAsLeft)],
    ['Left elsewhere', String(counts.takenOff)],
    ['Unchanged', String(counts.unchanged)],
    ['Refused', String(counts.refused)],
  ]);
