import type { Command } from 'commander';
import { formatIssueName, type Issue } from '../../../functions/core/newsletter/issue/issue-record.ts';
import type { Cadence } from '../../../functions/core/publication.ts';
import { type ConnectOptions, connect } from '../connection/connect.ts';
import { type CliServices, createCliServices } from '../connection/create-cli-services.ts';
import type { RecipientOutcomeCounts } from '../newsletter/count-outcomes.ts';
import { requireCadence } from '../newsletter/find-next-issue.ts';
import { followIssue, type IssueFollowResult } from '../newsletter/follow-issue.ts';
import { formatIssueSum, formatMismatches } from '../newsletter/format-issues.ts';
import { readIssueReport } from '../newsletter/list-issue-reports.ts';
import { requestIssue } from '../newsletter/request-issue.ts';
import { CliError } from '../output/cli-error.ts';
import { createProgressBar } from '../output/create-progress-bar.ts';
import type { Io } from '../output/io.ts';
import { parseCadence } from './arguments.ts';

type Options = ConnectOptions & { json?: boolean; wait: boolean };

const followMessages: Readonly<Record<IssueFollowResult, string>> = {
  sent: 'is sent',
  held: 'waits for approval: its preview was mailed to the sender',
  discarded: 'was discarded: nothing was left in it',
  paused: 'stands still: all sending is held',
  quiet: 'goes on by itself after the quiet hours',
  slow: 'goes on by itself: nothing has changed for five minutes',
};

/** `seedpress issue compose`: what the schedule does, now. */
export const addIssueCompose = (issue: Command, io: Io): void => {
  issue
    .command('compose')
    .argument('<cadence>', 'daily or weekly', parseCadence)
    .description(
      'compose and send what waits, as the schedule would; ending the command does not end the sending',
    )
    .option('--no-wait', 'do not wait until it is sent')
    .addHelpText('after', '\nExample:\n  npx seedpress issue compose daily')
    .action(async (cadence: Cadence, _options: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const ledger = createCliServices(await connect(options, io));
      requireCadence(ledger.publication, cadence);
      const begun = await requestIssue(ledger, cadence);
      if ('none' in begun) {
        io.err(`${begun.none}\n`);
        if (options.json) io.out('{"issue":null}\n');
        return;
      }
      const followed = options.wait ? await follow(ledger, begun.name, io) : undefined;
      io.err(`${begun.name} ${followed ? followMessages[followed] : 'is being composed'}.\n`);
      await printReport(ledger, begun.name, { io, json: options.json === true });
    });
};

const follow = async (ledger: CliServices, name: string, io: Io): Promise<IssueFollowResult> => {
  const bar = createProgressBar(io);
  const show = ({ planned, state }: Issue, outcomes: RecipientOutcomeCounts): void => {
    const isSum = state === 'queueing' || state === 'sending';
    const part = planned === 0 ? 0 : (planned - outcomes.waiting) / planned;
    bar.show(isSum ? part : 0, isSum ? formatIssueSum({ planned, ...outcomes }) : `${name} is ${state}`);
  };
  try {
    return await followIssue(ledger, name, show);
  } finally {
    bar.end();
  }
};

const printReport = async (
  ledger: CliServices,
  name: string,
  { io, json }: { readonly io: Io; readonly json: boolean },
): Promise<void> => {
  const issue = await ledger.issues.get(name);
  if (!issue) return;
  const report = await readIssueReport(ledger, issue);
  const [mistake] = formatMismatches([report]);
  io.out(
    json
      ? `${JSON.stringify({ issue: report })}\n`
      : `${formatIssueName(issue)}: ${formatIssueSum(report)}\n`,
  );
  if (mistake) throw new CliError(mistake);
};
