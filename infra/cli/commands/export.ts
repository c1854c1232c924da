import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type ConnectOptions, connect } from '../connection/connect.ts';
import { type ExportReport, exportPublication } from '../export/export-publication.ts';
import { createProgressBar } from '../output/create-progress-bar.ts';
import { formatTable } from '../output/format-table.ts';
import type { Io } from '../output/io.ts';

type Options = ConnectOptions & { json?: boolean; withoutKeys?: boolean };

const help = `
The folder has the articles as Markdown with the pictures beside them, the settings, the readers, the issues, and the
site as it stands. From it "import" makes the same publication elsewhere. Readers' addresses are in it, and the keys
that sign the links in mails: keep it as you keep passwords.

Example:
  npx seedpress export ../harbour-2026-11-26`;

/** `seedpress export`: a publication as a folder. */
export const addExport = (program: Command, io: Io): void => {
  program
    .command('export')
    .argument('<folder>', 'where to; a new folder, or an empty one')
    .description('write all of the publication into a folder; reads the whole table')
    .option('--without-keys', 'leave out the keys: links in mails that were sent will not work elsewhere')
    .addHelpText('after', help)
    .action(async (folder: string, _options: unknown, command: Command) => {
      const { json, withoutKeys = false, ...options } = command.optsWithGlobals<Options>();
      const connection = await connect(options, io);
      const line = createProgressBar(io);
      const into = resolve(folder);
      const report = await exportPublication(connection, into, { withoutKeys, show: line.show }).finally(
        line.end,
      );
      for (const { key, what } of report.remarks) io.err(`${key}: ${what}\n`);
      io.out(json ? `${JSON.stringify({ folder: into, ...report })}\n` : formatReport(into, report));
      if (!withoutKeys)
        io.err(
          'keys.json signs the links in mails, and subscribers.csv has addresses: show them to nobody.\n',
        );
    });
};

const formatReport = (folder: string, report: ExportReport): string =>
  formatTable([
    ['Folder', folder],
    ['Articles', String(report.articles)],
    ['Withdrawn', String(report.withdrawn)],
    ['Pictures', String(report.pictures)],
    ['Refused seeds', String(report.refused)],
    ['Documents', String(report.documents)],
    ['Issues', String(report.issues)],
    ['Readers', String(report.subscribers)],
  ]);
