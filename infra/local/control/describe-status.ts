import { cadences } from '../../../functions/core/publication.ts';
import { cadenceOf } from './compose-now.ts';
import { describeIssue, describeTime } from './describe-issue.ts';
import type { Run } from './run.ts';

/** How many issues of each cadence are shown. */
const shown = 5;

const dayLength = 24 * 60 * 60 * 1000;

/** By how much the local run's clock is ahead, in words; empty where it is not. */
export const describeAhead = (milliseconds: number): string => {
  if (milliseconds < 60_000) return '';
  const days = Math.round(milliseconds / dayLength);
  if (days >= 2) return `${days} days ahead`;
  const hours = Math.round(milliseconds / 3_600_000);
  return hours >= 2 ? `${hours} hours ahead` : `${Math.round(milliseconds / 60_000)} minutes ahead`;
};

const countMessages = ({ plan, queues }: Run): { working: string[]; givenUp: string[] } => {
  const workedOn = new Set(plan.mappings.map(({ queue }) => queue));
  const counted = plan.queues.flatMap(({ name }) => {
    const { visible, inFlight } = queues.counts(name);
    const count = visible + inFlight;
    return count > 0 ? [{ isWorkedOn: workedOn.has(name), text: `${name} ${count}` }] : [];
  });
  const texts = (isWorkedOn: boolean) =>
    counted.filter((each) => each.isWorkedOn === isWorkedOn).map(({ text }) => text);
  return { working: texts(true), givenUp: texts(false) };
};

/** The clock, what is being done, the issues and what became of them. */
export const describeStatus = async (run: Run): Promise<string> => {
  const { plan, title, zone, site, inbox, clock, bus, ledger } = run;
  const now = clock.now();
  const next = bus.nextFiring(now);
  const { working, givenUp } = countMessages(run);
  const issues = await Promise.all(cadences.map((cadence) => ledger.latest(cadence, shown)));
  const rows: [what: string, is: string][] = [
    ['Site', `${site}/`],
    ['Inbox', `${inbox}/`],
    ['Clock', [describeTime(now, zone), zone, describeAhead(clock.ahead[0] ?? 0)].filter(Boolean).join(', ')],
    ['Readers', String(await ledger.countReaders())],
    ['Digests', plan.schedules.flatMap((each) => cadenceOf(each) ?? []).join(', ') || 'none'],
    ['Next due', next ? describeTime(next, zone) : 'nothing'],
    ['Messages', working.join(', ') || 'none waiting'],
    ...(givenUp.length > 0 ? [['Given up', givenUp.join(', ')] satisfies [string, string]] : []),
  ];
  const table = rows.map(([what, is]) => `  ${what.padEnd(10)}${is}`).join('\n');
  const list = issues.flat().map((issue) => describeIssue(issue, zone));
  return `${title}\n\n${table}\n\n${list.length > 0 ? list.join('\n') : 'No issue yet.'}`;
};
