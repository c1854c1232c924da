import { resolve } from 'node:path';
import { connect } from '../connection/connect.ts';
import { type ExportReport, exportPublication } from '../export/export-publication.ts';
import { formatTable } from '../output/format-values.ts';
import { type GlobalOptions, type Io, printResult } from '../output/io.ts';
import { runWithProgress } from '../output/run-with-progress.ts';

interface Options extends GlobalOptions {
  readonly withoutKeys?: boolean;
}

export const runExport = async (folderOption: string, options: Options, io: Io): Promise<void> => {
  const connection = await connect(options, io);
  const folder = resolve(folderOption);
  const withoutKeys = options.withoutKeys === true;
  const report = await runWithProgress(io, (show) => exportPublication(connection, folder, { withoutKeys, show }));
  io.err(...report.remarks.map(({ key, remark }) => `${key}: ${remark}`));
  printResult(io, options, { folder, ...report }, formatReport(folder, report));
  if (!withoutKeys) io.err('Keep it safe: subscribers.csv contains addresses, and keys.json signs the links in mails.');
};

const formatReport = (folder: string, report: ExportReport): string[] =>
  formatTable([
    ['Folder', folder],
    ['Articles', String(report.articles)],
    ['Withdrawn', String(report.withdrawn)],
    ['Pictures', String(report.pictures)],
    ['Refused seeds', String(report.refused)],
    ['Documents', String(report.documents)],
    ['Issues', String(report.issues)],
    ['Subscribers', String(report.subscribers)],
  ]);
