import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Cadence } from '../../../functions/core/publication.ts';
import { buildScheduleInput } from '../events/bus-event.ts';
import type { SchedulePlan } from '../events/plan-schedules.ts';
import type { CommandClient, CommandContext } from './command-context.ts';
import { formatLedgerIssue, formatLocalTime } from './format-ledger-issue.ts';
import { CommandError, type LocalCommand } from './local-command.ts';
import { waitUntilIdle } from './wait-until-idle.ts';

const scheduleInputSchema = z.looseObject({ cadence: z.string().optional() });

/** The cadence that a schedule is for, by what it sends; undefined where it is for none. */
export const parseScheduleCadence = ({ target }: SchedulePlan): string | undefined =>
  scheduleInputSchema.safeParse(JSON.parse(target.input)).data?.cadence;

const findSchedule = ({ plan }: CommandContext, cadence: Cadence): SchedulePlan => {
  const schedule = plan.schedules.find((each) => parseScheduleCadence(each) === cadence);
  if (schedule) return schedule;
  throw new CommandError(`The publication has no ${cadence} digest: see "digest" in cdk.json.`);
};

const parseTime = (written: string, zone: string): Date => {
  const time = DateTime.fromISO(written, { zone });
  if (time.isValid) return time.toJSDate();
  throw new CommandError(`--at takes a time such as 2026-12-01T07:00, not "${written}".`);
};

/** Milliseconds that failed messages, which come again, are waited for. */
const retryWaitMs = 15_000;

/**
 * Does what a cadence's schedule does, now, and waits until the issue is delivered.
 * @throws {CommandError}
 */
export const runIssueCommand = async (
  run: CommandContext,
  { cadence, at }: Extract<LocalCommand, { do: 'issue' }>,
  { print: say }: CommandClient,
): Promise<void> => {
  const schedule = findSchedule(run, cadence);
  const time = at === undefined ? run.clock.now() : parseTime(at, run.timeZone);
  // What was uploaded a moment ago is to be in it.
  await waitUntilIdle(run, 0);
  const stop = run.onPrint(say);
  run.queues.send(schedule.target.queue, buildScheduleInput(schedule, time));
  const due = await waitUntilIdle(run, retryWaitMs).finally(stop);
  const issue = await run.ledger.findIssueOpenedAt(cadence, time);
  say(issue ? formatLedgerIssue(issue, run.timeZone) : 'No new issue came of it.');
  if (issue) say(`  ${run.site}/issues/${issue.name}   ${run.inbox}/`);
  if (due) say(`Something waits for its time: it goes on at ${formatLocalTime(due, run.timeZone)}.`);
};
