import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Cadence, selectDefaultCadence } from '../../../functions/core/publication.ts';
import { type CliServices, connectServices } from '../connection/create-cli-services.ts';
import { requireCadence } from '../newsletter/find-next-issue.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import { formatCount } from '../output/format-values.ts';
import { type ChangeOptions, type Io, printResult, requireConfirmation } from '../output/io.ts';
import { runWithProgress } from '../output/run-with-progress.ts';
import {
  createImportObserver,
  formatCounts,
  formatLists,
  formatReasons,
  type ImportObservation,
} from '../subscribers/format-import-plan.ts';
import { importSubscribers, refusalHeadings, type SubscriberImportCounts } from '../subscribers/import-subscribers.ts';
import { parseCsvDate } from '../subscribers/parse-csv-date.ts';
import { readSecretFile } from '../subscribers/secret-file.ts';
import type { LeftState } from '../subscribers/status-words.ts';
import { writeCsvFile } from '../subscribers/write-csv-file.ts';

interface Options extends ChangeOptions {
  readonly consent?: string;
  readonly status?: 'active' | LeftState;
  /** A day or a time, as it was written. */
  readonly confirmedAt?: string;
  readonly cadence?: Cadence;
  readonly report?: string;
}

export const runSubscribersImport = async (file: string, options: Options, io: Io): Promise<void> => {
  const observation = createImportObserver();
  const run = { file, report: toReportPath(file, options), options, io };
  const stores = await connectServices(options, io);
  const planned = await runImportOnce(stores, run, observation);
  io.err(...formatLists(observation));
  requireStatus(file, observation);
  const isNeeded = planned.added + planned.addedAsLeft + planned.takenOff > 0;
  const isFinished = options.dryRun === true || !isNeeded;
  if (!isFinished) io.err('This will happen:', ...formatCounts(planned));
  io.err(...formatReasons(observation));
  if (!isFinished) await requireConfirmation(io, 'Import?', options);
  const counts = isFinished ? planned : await runImportOnce(stores, run);
  const report = counts.refused > 0 ? run.report : undefined;
  if (report) io.err(`The refused rows are listed in ${report}.`);
  printResult(io, options, { dryRun: options.dryRun === true, ...counts, report }, formatCounts(counts));
};

/** Nobody is imported from a file that may hold people who left and does not say who they are. */
const requireStatus = (file: string, { listReasons }: ImportObservation): void => {
  const rows = listReasons('unstated').reduce((sum, each) => sum + each.rows, 0);
  if (rows === 0) return;
  throw new CliError(
    [
      `Nothing was changed: ${file} does not say who is still subscribed (${formatCount(rows, 'row')}).`,
      'Add --status active if everybody in it is, or --status unsubscribed if everybody in it left.',
    ],
    exitCodes.usage,
  );
};

const toReportPath = (file: string, { report = `${file}.refused.csv` }: Options): string => {
  if (resolve(report) === resolve(file)) throw new CliError('The report would overwrite the file.', exitCodes.usage);
  return report;
};

const readConfirmedAt = ({ confirmedAt }: Options, { publication, now }: CliServices): string | undefined => {
  if (confirmedAt === undefined) return undefined;
  const at = parseCsvDate(confirmedAt, publication.timeZone);
  if (at === undefined || at > now().toISOString())
    throw new CliError(
      `--confirmed-at ${confirmedAt} is not a clear date in the past: write 2024-06-05.`,
      exitCodes.usage,
    );
  return at;
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
  observation?: ImportObservation,
): Promise<SubscriberImportCounts> =>
  runWithProgress(io, async (showProgress) => {
    const cadence = options.cadence ?? selectDefaultCadence(stores.publication);
    requireCadence(stores.publication, cadence);
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    const show = (bytes: number, rows: number): void =>
      showProgress(bytes / Math.max(1, size), formatCount(rows, 'row'));
    const { consent, status } = options;
    const hashSecret = await readSecretFile(file);
    const confirmedAt = readConfirmedAt(options, stores);
    const write = observation === undefined;
    const csv = { headings: refusalHeadings, removesOlder: options.report === undefined };
    const { result } = await writeCsvFile(report, csv, (refusals) =>
      importSubscribers(stores, {
        file,
        write,
        cadence,
        consent,
        hashSecret,
        confirmedAt,
        status,
        refusals,
        show,
        ...(observation && { observer: observation.observer }),
      }),
    );
    return result;
  });
