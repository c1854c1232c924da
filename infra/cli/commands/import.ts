import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { type ConnectOptions, connect } from '../connection/connect.ts';
import { createImportTarget } from '../import/create-import-target.ts';
import { type ImportFormat, importFormats } from '../import/detect-import-format.ts';
import { formatImportCounts, formatImportReasons } from '../import/format-import.ts';
import { openImportSource } from '../import/open-import-source.ts';
import {
  type ImportCommandOptions,
  type ImportResult,
  type ImportRun,
  scanSource,
  waitUntilPublished,
} from '../import/scan-source.ts';
import { CliError } from '../output/cli-error.ts';
import type { Io } from '../output/io.ts';
import { requireConfirmation } from '../output/require-confirmation.ts';
import { formatRestorePlan } from '../restore/format-restore-plan.ts';
import { isExportFolder } from '../restore/read-export.ts';
import { restorePublication } from '../restore/restore-publication.ts';
import { parseKeyPrefix, parseOldSite } from './arguments.ts';

interface Options extends ConnectOptions, ImportCommandOptions {
  readonly json?: boolean;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly format?: ImportFormat;
}

const help = `
What can be imported, known by its content:
  what "export" wrote: a whole publication, with readers and issues
  feed        the file of an RSS, Atom or JSON feed
  wordpress   an export (Tools, Export, All content)
  ghost       an export (Settings, Import/Export)
  markdown    a folder, as Hugo, Jekyll or Eleventy have it, or of Markdown files alone

Articles keep their ids, dates, slugs, authors and topics. Nothing is downloaded, and nothing is announced: the feeds
show them under their old dates, and no issue carries them. Broken off and run again, it does the rest; what is there
already is not uploaded again, and what has changed here stays.

Example:
  npx seedpress import export.xml --redirects redirects.txt`;

/** `seedpress import`: the articles of another system, or a publication of our own. */
export const addImport = (program: Command, io: Io): void => {
  program
    .command('import')
    .argument('<source>', 'a file or folder of another system, or what export wrote')
    .description(
      'take a publication or the articles of another system in, after telling what would come of it',
    )
    .addOption(
      new Option('--format <format>', 'what the source is, if it is not told by itself').choices(
        importFormats,
      ),
    )
    .option('--prefix <prefix>', 'before the keys of the seeds', parseKeyPrefix, 'imported/')
    .option('--base <address>', "the old site's address", parseOldSite)
    .option('--replace', 'replace seeds that are there with other content')
    .option('--keep-canonical', 'name the old address as the one that search engines shall show')
    .option('--redirects <file>', 'write where each old path leads now into a new file')
    .option('--report <file>', 'where it is written what is left out or changed (SOURCE.report.csv)')
    .option('--no-wait', 'do not wait until the articles are published')
    .option('--dry-run', 'change nothing')
    .option('--yes', 'do not ask')
    .addHelpText('after', help)
    .action(async (path: string, _options: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      if (options.format === undefined && isExportFolder(path)) return importExportFolder(path, options, io);
      requireUsableRedirects(options);
      const source = await openImportSource(path, options.format);
      const target = createImportTarget(await connect(options, io));
      const report = options.report ?? `${path.replace(/[\\/]+$/, '')}.report.csv`;
      const run = { target: target, source, options, io, report };
      const planned = await scanSource(run, { write: false });
      const isNeeded = planned.counts.added + planned.counts.replaced + planned.counts.pictures > 0;
      if (options.dryRun || !isNeeded)
        return printResult(run, options, {
          ...planned,
          ...(options.dryRun ? {} : await waitUntilPublished(run, planned)),
        });
      io.err(
        `It would do this:\n${formatImportCounts(source.format, planned.counts)}${formatImportReasons(planned.reasons)}`,
      );
      await requireConfirmation(io, 'Do it?', options.yes);
      const done = await scanSource(run, { write: true, of: planned.counts });
      printResult(run, options, { ...done, ...(await waitUntilPublished(run, done)) });
    });
};

/** What `seedpress export` wrote has more than articles. */
const importExportFolder = async (folder: string, options: Options, io: Io): Promise<void> => {
  const plan = await restorePublication(await connect(options, io), resolve(folder), io, options);
  const { dryRun = false, json } = options;
  io.out(json ? `${JSON.stringify({ format: 'seedpress', dryRun, ...plan })}\n` : formatRestorePlan(plan));
};

const requireUsableRedirects = ({ redirects, wait, dryRun }: Options): void => {
  if (redirects === undefined) return;
  if (existsSync(redirects)) throw new CliError(`${redirects} is there already: name another file.`);
  if (!wait || dryRun)
    throw new CliError(
      'Where an article stands is known once it is published: --redirects has to wait for it.',
    );
};

const printResult = (
  { source, io, report }: ImportRun,
  { json, dryRun = false }: Options,
  { counts, reasons, hasReport, published }: ImportResult,
): void => {
  if (hasReport) io.err(`What is left out or changed is in ${report}.\n`);
  const outcome = published && {
    published: published.addresses.size,
    ...{ scheduled: published.scheduled, waiting: published.waiting },
    refused: published.refused,
  };
  const whole = { format: source.format, dryRun, ...counts, ...outcome, reasons };
  io.out(
    json
      ? `${JSON.stringify({ ...whole, ...(hasReport && { report }) })}\n`
      : formatImportCounts(source.format, counts, published) + formatImportReasons(reasons),
  );
  if (!published) return;
  if (published.refused.length > 0)
    throw new CliError(`${published.refused.length} seeds are refused: npx seedpress rejections tells why.`);
  if (published.waiting > 0)
    throw new CliError(`${published.waiting} seeds wait to be published: npx seedpress status tells more.`);
};
