import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { buildIssueDraft } from '../../../functions/compose-issue/build-issue-draft.ts';
import type { ComposeIssueServices } from '../../../functions/compose-issue/services.ts';
import { fillPlaceholders } from '../../../functions/core/newsletter/email/placeholders.ts';
import { formatIssueName, type Issue } from '../../../functions/core/newsletter/issue/issue-record.ts';
import type { Cadence } from '../../../functions/core/publication.ts';
import { sitePaths, toSiteUrl } from '../../../functions/core/site-paths.ts';
import { type ConnectOptions, connect } from '../connection/connect.ts';
import { createCliServices } from '../connection/create-cli-services.ts';
import { createPreviewServices } from '../newsletter/create-preview-services.ts';
import { findNextIssue, formatNothingPending, requireCadence } from '../newsletter/find-next-issue.ts';
import { formatTable } from '../output/format-table.ts';
import type { Io } from '../output/io.ts';
import { parseCadence } from './arguments.ts';

type Options = ConnectOptions & { json?: boolean; out?: string };

/** `seedpress issue preview`: the next issue as it would be now. */
export const addIssuePreview = (issue: Command, io: Io): void => {
  issue
    .command('preview')
    .argument('<cadence>', 'daily or weekly', parseCadence)
    .description('write the next issue as it would be now as HTML, text and JSON; nothing changes by it')
    .option('--out <folder>', 'where to; absent: a new folder among the temporary files')
    .addHelpText('after', '\nExample:\n  npx seedpress issue preview daily --out next-daily')
    .action(async (cadence: Cadence, _options: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const connection = await connect(options, io);
      const ledger = createCliServices(connection);
      requireCadence(ledger.publication, cadence);
      const next = await findNextIssue(ledger, cadence);
      const preview =
        next && (await writeIssuePreview(await createPreviewServices(connection), next, options.out));
      if (options.json) io.out(`${JSON.stringify(preview ?? { articles: 0 })}\n`);
      else if (!preview) io.err(`${formatNothingPending(cadence)}\n`);
      else
        io.out(
          formatTable([
            ['Issue', preview.state === 'composing' ? preview.name : `${preview.name}, ${preview.state}`],
            ['Subject', preview.subject],
            ['Articles', String(preview.articles)],
            ['Corrections', String(preview.corrections)],
            ...Object.entries(preview.files).map(([format, file]) => [format.toUpperCase(), file]),
          ]),
        );
    });
};

/**
 * Writes an issue as it would be now into a folder, as HTML, text and JSON. Nothing of the publication changes.
 * @param folderOption the folder, which is made; absent: a new one among the temporary files
 * @returns undefined where every article of it was withdrawn
 */
const writeIssuePreview = async (
  services: ComposeIssueServices,
  issue: Issue,
  folderOption: string | undefined,
) => {
  const draft = await buildIssueDraft(services, issue);
  if (!draft) return undefined;
  const subscribe = toSiteUrl(services.site, sitePaths.subscribe);
  const links = { unsubscribe: subscribe, preferences: subscribe };
  const folder =
    folderOption === undefined ? await mkdtemp(join(tmpdir(), 'seedpress-preview-')) : resolve(folderOption);
  await mkdir(folder, { recursive: true });
  const name = formatIssueName(issue);
  const toPath = (format: string): string => join(folder, `${name}.${format}`);
  const files = { html: toPath('html'), text: toPath('txt'), json: toPath('json') };
  await writeFile(files.html, fillPlaceholders(draft.html, links));
  await writeFile(files.text, fillPlaceholders(draft.text, links));
  await writeFile(files.json, draft.json);
  const corrections = draft.articles.length - draft.articleCount;
  return {
    name,
    state: issue.state,
    subject: draft.subject,
    articles: draft.articleCount,
    corrections,
    files,
  };
};
