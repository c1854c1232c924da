import type { Command } from 'commander';
import { type Issue, issueName } from '../../../functions/core/newsletter/records.ts';
import type { Cadence } from '../../../functions/core/publication.ts';
import { parseCadence } from '../arguments.ts';
import { type ConnectOptions, connect } from '../connect.ts';
import { OperatorError } from '../failures.ts';
import type { Io } from '../io.ts';
import { composeNow } from '../newsletter/compose-now.ts';
import type { Outcomes } from '../newsletter/count-outcomes.ts';
import { demandCadence } from '../newsletter/find-next.ts';
import { type Followed, followIssue } from '../newsletter/follow-issue.ts';
import { formatMistakes, formatSum } from '../newsletter/format-issues.ts';
import { reportIssue } from '../newsletter/gather-issues.ts';
import { type Ledger, openLedger } from '../newsletter/open-ledger.ts';
import { showProgress } from '../output/show-progress.ts';

type Options = ConnectOptions & { json?: boolean; wait: boolean };

const ends: Readonly<Record<Followed, string>> = {
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
      const ledger = openLedger(await connect(options, io));
      demandCadence(ledger.publication, cadence);
      const begun = await composeNow(ledger, cadence);
      if ('none' in begun) {
        io.err(`${begun.none}\n`);
        if (options.json) io.out('{"issue":null}\n');
        return;
      }
      const followed = options.wait ? await follow(ledger, begun.name, io) : undefined;
      io.err(`${begun.name} ${followed ? ends[followed] : 'is being composed'}.\n`);
      await tell(ledger, begun.name, { io, json: options.json === true });
    });
};

const follow = async (ledger: Ledger, name: string, io: Io): Promise<Followed> => {
  const bar = showProgress(io);
  const show = ({ planned, state }: Issue, outcomes: Outcomes): void => {
    const isSum = state === 'queueing' || state === 'sending';
    const part = planned === 0 ? 0 : (planned - outcomes.waiting) / planned;
    bar.show(isSum ? part : 0, isSum ? formatSum({ planned, ...outcomes }) : `${name} is ${state}`);
  };
  try {
    return await followIssue(ledger, name, show);
  } finally {
    bar.end();
  }
};

const tell = async (
  ledger: Ledger,
  name: string,
  { io, json }: { readonly io: Io; readonly json: boolean },
): Promise<void> => {
  const issue = await ledger.issues.get(name);
  if (!issue) return;
  const report = await reportIssue(ledger, issue);
  const [mistake] = formatMistakes([report]);
  io.out(json ? `${JSON.stringify({ issue: report })}\n` : `${issueName(issue)}: ${formatSum(report)}\n`);
  if (mistake) throw new OperatorError(mistake);
};
