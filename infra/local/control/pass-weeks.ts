import { DateTime } from 'luxon';
import { cadences } from '../../../functions/core/publication.ts';
import type { Command } from './command.ts';
import { describeIssue, describeTime } from './describe-issue.ts';
import type { LedgerIssue } from './read-ledger.ts';
import type { Asked, Run } from './run.ts';
import { settle } from './settle.ts';

const earliest = (...instants: (Date | undefined)[]): Date | undefined =>
  instants.flatMap((each) => each ?? []).toSorted((a, b) => a.getTime() - b.getTime())[0];

/** Does what is scheduled for an instant, after what was waiting for its time has been published. */
const fire = async (run: Run, at: Date): Promise<void> => {
  run.bus.catchUp();
  await settle(run, 0);
  run.bus.tick(at);
  await settle(run, 0);
};

/**
 * Lets weeks pass in seconds: sets the clock to one instant after the other at which a schedule or a message is due,
 * and waits each time until all is done. The clock stays where it came to.
 */
export const passWeeks = async (
  run: Run,
  { weeks }: Extract<Command, { do: 'weeks' }>,
  { say, signal }: Asked,
): Promise<void> => {
  const { bus, clock, functions, ledger, zone } = run;
  await settle(run, 0);
  const end = DateTime.fromJSDate(clock.now(), { zone }).plus({ weeks }).toJSDate();
  const opened: LedgerIssue[] = [];
  while (!signal.aborted) {
    const firing = bus.nextFiring(clock.now());
    const next = earliest(firing, functions.nextDue());
    if (!next || next > end) break;
    clock.moveTo(next);
    if (firing?.getTime() !== next.getTime()) await settle(run, 0);
    else {
      await fire(run, next);
      for (const cadence of cadences) {
        const issue = await ledger.openedAt(cadence, next);
        if (!issue) continue;
        opened.push(issue);
        say(describeIssue(issue, zone));
      }
    }
  }
  if (signal.aborted) return;
  clock.moveTo(end);
  bus.catchUp();
  await settle(run, 0);
  for (const { cadence, number, outcomes } of opened) {
    const later = outcomes.waiting > 0 ? await ledger.issue(cadence, number) : undefined;
    if (later) say(`Later: ${describeIssue(later, zone)}`);
  }
  const { length } = opened;
  const issues = length === 0 ? 'no issue: nothing was waiting' : `${length} issue${length === 1 ? '' : 's'}`;
  say(`${weeks} week${weeks === 1 ? '' : 's'} passed, ${issues}. It is ${describeTime(end, zone)} now.`);
};
