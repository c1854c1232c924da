import type { Command } from 'commander';
import type { Cadence } from '../../../functions/core/publication.ts';
import { type ConnectOptions, connect } from '../connection/connect.ts';
import { createCliServices } from '../connection/create-cli-services.ts';
import { formatIssues, formatMismatches } from '../newsletter/format-issues.ts';
import { listIssueReports } from '../newsletter/list-issue-reports.ts';
import { CliError } from '../output/cli-error.ts';
import type { Io } from '../output/io.ts';
import { parseCadence, parseLimit } from './arguments.ts';

type Options = ConnectOptions & { json?: boolean; cadence?: Cadence; limit: number };

/** `seedpress issues`: what became of the last issues, recipient by recipient. */
export const addIssues = (program: Command, io: Io): void => {
  program
    .command('issues')
    .description(
      'list the last issues with what became of their copies; an issue that does not add up has code 1',
    )
    .option('--cadence <cadence>', 'those of one cadence: daily or weekly', parseCadence)
    .option('--limit <number>', 'how many of each cadence at most', parseLimit, 5)
    .addHelpText('after', '\nExample:\n  npx seedpress issues --cadence weekly --limit 3')
    .action(async (_options: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const reports = await listIssueReports(createCliServices(await connect(options, io)), options);
      if (options.json) io.out(`${JSON.stringify(reports)}\n`);
      else if (reports.length === 0) io.err('No issue yet.\n');
      else io.out(formatIssues(reports));
      const mistakes = formatMismatches(reports);
      if (mistakes.length > 0) throw new CliError(mistakes.join('\n'));
    });
};
