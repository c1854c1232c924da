import type { Command } from 'commander';
import type { Cadence } from '../../../functions/core/publication.ts';
import { parseCadence } from '../arguments.ts';
import { type ConnectOptions, connect } from '../connect.ts';
import type { Io } from '../io.ts';
import { findNextIssue, formatNothingPending, requireCadence } from '../newsletter/find-next.ts';
import { createPreviewServices } from '../newsletter/open-desk.ts';
import { createNewsletterStores } from '../newsletter/open-ledger.ts';
import { writeIssuePreview } from '../newsletter/preview-issue.ts';
import { formatTable } from '../output/format-table.ts';

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
      const ledger = createNewsletterStores(connection);
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
