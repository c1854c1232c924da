import { DateTime } from 'luxon';
import { cadences } from '../../../functions/core/publication.ts';
import type { CommandClient, CommandContext } from './command-context.ts';
import { formatLedgerIssue, formatLocalTime } from './format-ledger-issue.ts';
import type { LocalCommand } from './local-command.ts';
import type { LedgerIssue } from './local-ledger.ts';
import { waitUntilIdle } from './wait-until-idle.ts';

const findEarliest = (...instants: (Date | undefined)[]): Date | undefined =>
  instants.flatMap((each) => each ?? []).toSorted((a, b) => a.getTime() - b.getTime())[0];

/** Does what is scheduled for an instant, after what was waiting for its time has been published. */
const runScheduledAt = async (run: CommandContext, at: Date): Promise<void> => {
  run.bus.catchUp();
  await waitUntilIdle(run, 0);
  run.bus.tick(at);
  await waitUntilIdle(run, 0);
};

/**
 * Lets weeks pass in seconds: sets the clock to one instant after the other at which a schedule or a message is due,
 * and waits each time until all is done. The clock stays where it came to.
 */
export const advanceWeeks = async (
  run: CommandContext,
  { weeks }: Extract<LocalCommand, { do: 'weeks' }>,
  { print: say, signal }: CommandClient,
): Promise<void> => {
  const { bus, clock, functions, ledger, timeZone: zone } = run;
  await waitUntilIdle(run, 0);
  const end = DateTime.fromJSDate(clock.now(), { zone }).plus({ weeks }).toJSDate();
  const opened: LedgerIssue[] = [];
  while (!signal.aborted) {
    const firing = bus.findNextFiring(clock.now());
    const next = findEarliest(firing, functions.findNextDueTime());
    if (!next || next > end) break;
    clock.advanceTo(next);
    if (firing?.getTime() !== next.getTime()) await waitUntilIdle(run, 0);
    else {
      await runScheduledAt(run, next);
      for (const cadence of cadences) {
        const issue = await ledger.findIssueOpenedAt(cadence, next);
        if (!issue) continue;
        opened.push(issue);
        say(formatLedgerIssue(issue, zone));
      }
    }
  }
  if (signal.aborted) return;
  clock.advanceTo(end);
  bus.catchUp();
  await waitUntilIdle(run, 0);
  for (const { cadence, number, outcomes } of opened) {
    const later = outcomes.waiting > 0 ? await ledger.issue(cadence, number) : undefined;
    if (later) say(`Later: ${formatLedgerIssue(later, zone)}`);
  }
  const { length } = opened;
  const issues = length === 0 ? 'no issue: nothing was waiting' : `${length} issue${length === 1 ? '' : 's'}`;
  say(`${weeks} week${weeks === 1 ? '' : 's'} passed, ${issues}. It is ${formatLocalTime(end, zone)} now.`);
};
