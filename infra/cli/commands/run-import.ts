import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { connect } from '../connection/connect.ts';
import { createImportTarget } from '../import/create-import-target.ts';
import type { ImportFormat } from '../import/detect-import-format.ts';
import { formatImportCounts, formatImportReasons } from '../import/format-import.ts';
import { type MediaFolder, openMediaFolder } from '../import/media/attach-media.ts';
import { openImportSource } from '../import/open-import-source.ts';
import {
  type ImportCommandOptions,
  type ImportResult,
  type ImportRun,
  scanSource,
  waitUntilPublished,
} from '../import/scan-source.ts';
import { formatPublicationImport, importPublication } from '../import-publication/import-publication.ts';
import { isExportFolder } from '../import-publication/read-export.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import { formatCount } from '../output/format-values.ts';
import { type ChangeOptions, type Io, printResult, requireConfirmation } from '../output/io.ts';

interface Options extends ChangeOptions, ImportCommandOptions {
  readonly format?: ImportFormat;
}

export const runImport = async (path: string, options: Options, io: Io): Promise<void> => {
  if (options.format === undefined && isExportFolder(path)) return importExportFolder(path, options, io);
  requireUsableRedirects(options);
  const source = await openImportSource(path, options.format);
  const media = await openRequestedMedia(source.format, options);
  const target = createImportTarget(await connect(options, io));
  const report = options.report ?? `${path.replace(/[\\/]+$/, '')}.report.csv`;
  const run = { target, source, media, options, io, report };
  const planned = await scanSource(run, { write: false });
  const isNeeded = planned.counts.added + planned.counts.replaced + planned.counts.pictures > 0;
  if (options.dryRun || !isNeeded) {
    const published = options.dryRun ? {} : await waitUntilPublished(run, planned);
    return printImport(run, options, { ...planned, ...published });
  }
  const { counts, reasons } = planned;
  io.err('This will happen:', ...formatImportCounts(source.format, counts), ...formatImportReasons(reasons));
  await requireConfirmation(io, 'Import?', options);
  const done = await scanSource(run, { write: true, of: planned.counts });
  printImport(run, options, { ...done, ...(await waitUntilPublished(run, done)) });
};

const importExportFolder = async (folder: string, options: Options, io: Io): Promise<void> => {
  const plan = await importPublication(await connect(options, io), resolve(folder), io, options);
  const { dryRun = false } = options;
  printResult(io, options, { format: 'seedpress', dryRun, ...plan }, formatPublicationImport(plan));
};

const openRequestedMedia = async (format: ImportFormat, { media }: Options): Promise<MediaFolder | undefined> => {
  if (media !== undefined && format === 'markdown')
    throw new CliError('The pictures of a Markdown folder are imported with it, without --media.', exitCodes.usage);
  return media === undefined ? undefined : openMediaFolder(media);
};

const requireUsableRedirects = ({ redirects, wait, dryRun }: Options): void => {
  if (redirects === undefined) return;
  if (existsSync(redirects)) throw new CliError(`${redirects} exists already: name another file.`);
  if (!wait || dryRun)
    throw new CliError(
      'The address of an article is known once it is published, so --redirects does not go with --no-wait or --dry-run.',
    );
};

const printImport = (
  { source, io, report }: ImportRun,
  options: Options,
  { counts, reasons, hasReport, published }: ImportResult,
): void => {
  if (hasReport) io.err(`What is left out or changed is listed in ${report}.`);
  const outcome = published && {
    published: published.addresses.size,
    scheduled: published.scheduled,
    waiting: published.waiting,
    refused: published.refused,
  };
  const { dryRun = false } = options;
  const value = {
    format: source.format,
    dryRun,
    ...counts,
    ...outcome,
    reasons,
    ...(hasReport && { report }),
  };
  const table = formatImportCounts(source.format, counts, published);
  printResult(io, options, value, [...table, ...formatImportReasons(reasons)]);
  if (!published) return;
  if (published.refused.length > 0)
    throw new CliError(
      `${formatCount(published.refused.length, 'seed is', 'seeds are')} refused: npx seedpress rejections shows why.`,
    );
  if (published.waiting > 0)
    throw new CliError(
      `${formatCount(published.waiting, 'seed is', 'seeds are')} not published yet: npx seedpress status shows what is waiting.`,
    );
};
