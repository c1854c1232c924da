import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Cadence } from '../../../functions/core/publication.ts';
import { scheduledInput } from '../events/bus-event.ts';
import type { SchedulePlan } from '../template/plan.ts';
import { type Command, CommandRefused } from './command.ts';
import { describeIssue, describeTime } from './describe-issue.ts';
import type { Asked, Run } from './run.ts';
import { settle } from './settle.ts';

const inputSchema = z.looseObject({ cadence: z.string().optional() });

/** The cadence that a schedule is for, by what it sends; undefined where it is for none. */
export const cadenceOf = ({ target }: SchedulePlan): string | undefined =>
  inputSchema.safeParse(JSON.parse(target.input)).data?.cadence;

const scheduleOf = ({ plan }: Run, cadence: Cadence): SchedulePlan => {
  const schedule = plan.schedules.find((each) => cadenceOf(each) === cadence);
  if (schedule) return schedule;
  throw new CommandRefused(`The publication has no ${cadence} digest: see "digest" in cdk.json.`);
};

const readTime = (written: string, zone: string): Date => {
  const time = DateTime.fromISO(written, { zone });
  if (time.isValid) return time.toJSDate();
  throw new CommandRefused(`--at takes a time such as 2026-12-01T07:00, not "${written}".`);
};

/** Milliseconds that failed messages, which come again, are waited for. */
const patience = 15_000;

/**
 * Does what a cadence's schedule does, now, and waits until the issue is delivered.
 * @throws {CommandRefused}
 */
export const composeNow = async (
  run: Run,
  { cadence, at }: Extract<Command, { do: 'issue' }>,
  { say }: Asked,
): Promise<void> => {
  const schedule = scheduleOf(run, cadence);
  const time = at === undefined ? run.clock.now() : readTime(at, run.zone);
  // What was uploaded a moment ago is to be in it.
  await settle(run, 0);
  const stop = run.onPrint(say);
  run.queues.send(schedule.target.queue, scheduledInput(schedule, time));
  const due = await settle(run, patience).finally(stop);
  const issue = await run.ledger.openedAt(cadence, time);
  say(issue ? describeIssue(issue, run.zone) : 'No new issue came of it.');
  if (issue) say(`  ${run.site}/issues/${issue.name}   ${run.inbox}/`);
  if (due) say(`Something waits for its time: it goes on at ${describeTime(due, run.zone)}.`);
};
