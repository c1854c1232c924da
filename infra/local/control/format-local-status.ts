import { cadences } from '../../../functions/core/publication.ts';
import type { CommandContext } from './command-context.ts';
import { formatLedgerIssue, formatLocalTime } from './format-ledger-issue.ts';
import { parseScheduleCadence } from './run-issue-command.ts';

/** How many issues of each cadence are shown. */
const issuesPerCadence = 5;

const dayMs = 24 * 60 * 60 * 1000;

/** By how much the local run's clock is ahead, in words; empty where it is not. */
export const formatClockOffset = (milliseconds: number): string => {
  if (milliseconds < 60_000) return '';
  const days = Math.round(milliseconds / dayMs);
  if (days >= 2) return `${days} days ahead`;
  const hours = Math.round(milliseconds / 3_600_000);
  return hours >= 2 ? `${hours} hours ahead` : `${Math.round(milliseconds / 60_000)} minutes ahead`;
};

const countMessages = ({
  plan,
  queues,
}: CommandContext): { workQueues: string[]; deadLetterQueues: string[] } => {
  const workedOn = new Set(plan.mappings.map(({ queue }) => queue));
  const counted = plan.queues.flatMap(({ name }) => {
    const { visible, inFlight } = queues.countMessages(name);
    const count = visible + inFlight;
    return count > 0 ? [{ isWorkedOn: workedOn.has(name), text: `${name} ${count}` }] : [];
  });
  const texts = (isWorkedOn: boolean) =>
    counted.filter((each) => each.isWorkedOn === isWorkedOn).map(({ text }) => text);
  return { workQueues: texts(true), deadLetterQueues: texts(false) };
};

/** The clock, what is being done, the issues and what became of them. */
export const formatLocalStatus = async (run: CommandContext): Promise<string> => {
  const { plan, title, timeZone: zone, site, inbox, clock, bus, ledger } = run;
  const now = clock.now();
  const next = bus.findNextFiring(now);
  const { workQueues: working, deadLetterQueues: givenUp } = countMessages(run);
  const issues = await Promise.all(
    cadences.map((cadence) => ledger.listLatestIssues(cadence, issuesPerCadence)),
  );
  const rows: [what: string, is: string][] = [
    ['Site', `${site}/`],
    ['Inbox', `${inbox}/`],
    [
      'Clock',
      [formatLocalTime(now, zone), zone, formatClockOffset(clock.offsetMs[0] ?? 0)]
        .filter(Boolean)
        .join(', '),
    ],
    ['Readers', String(await ledger.countReaders())],
    ['Digests', plan.schedules.flatMap((each) => parseScheduleCadence(each) ?? []).join(', ') || 'none'],
    ['Next due', next ? formatLocalTime(next, zone) : 'nothing'],
    ['Messages', working.join(', ') || 'none waiting'],
    ...(givenUp.length > 0 ? [['Given up', givenUp.join(', ')] satisfies [string, string]] : []),
  ];
  const table = rows.map(([what, is]) => `  ${what.padEnd(10)}${is}`).join('\n');
  const list = issues.flat().map((issue) => formatLedgerIssue(issue, zone));
  return `${title}\n\n${table}\n\n${list.length > 0 ? list.join('\n') : 'No issue yet.'}`;
};
