import type { Clock } from '../base/clock.ts';
import type { BucketPlan } from '../s3/plan-buckets.ts';
import type { RunningS3 } from '../s3/start-s3.ts';
import type { Queues } from '../sqs/queues.ts';
import type { JsonValue } from '../template/template.ts';
import { buildS3BusEvent, buildScheduledBusEvent, buildScheduleInput } from './bus-event.ts';
import { parseNextFiring } from './next-firing.ts';
import { compilePattern } from './pattern.ts';
import type { RulePlan } from './plan-rules.ts';
import type { SchedulePlan } from './plan-schedules.ts';
import { parseRuleSchedule } from './schedule.ts';

export interface Bus {
  /** Hands an event to every rule whose pattern it matches. */
  putEvent(event: JsonValue): void;
  /** Does what is scheduled for the minute. */
  tick(minute: Date): void;
  /** Does what a rule with a rate does every so often, now. */
  catchUp(): void;
  /** The first time after an instant that a schedule with a cron expression or a rate is for. */
  findNextFiring(after: Date): Date | undefined;
  close(): void;
}

interface BusProps {
  readonly plan: {
    readonly buckets: readonly BucketPlan[];
    readonly rules: readonly RulePlan[];
    readonly schedules: readonly SchedulePlan[];
  };
  readonly s3: Pick<RunningS3, 'onEvent'>;
  readonly queues: Pick<Queues, 'send'>;
  readonly clock?: Pick<Clock, 'now' | 'onAdvance'>;
}

const machineClock: Pick<Clock, 'now' | 'onAdvance'> = { now: () => new Date(), onAdvance: () => () => {} };

/**
 * The event bus: changes of the buckets that tell it, and schedules, go to the queues that the rules name.
 * A bucket's change and its messages are one transaction. Rules with a rate are due at once, since a laptop that
 * was shut has something to catch up with, and then by the clock.
 */
export const startBus = ({ plan, s3, queues, clock = machineClock }: BusProps): Bus => {
  const notifyingBuckets = new Set(
    plan.buckets.filter((each) => each.sendsEventsToEventBridge).map(({ name }) => name),
  );
  const patterns = plan.rules.flatMap((rule) =>
    rule.pattern === undefined ? [] : [{ rule, matches: compilePattern(rule.pattern) }],
  );
  const schedules = plan.rules.flatMap((rule) =>
    rule.schedule === undefined
      ? []
      : [{ rule, isDue: parseRuleSchedule(rule.schedule), text: rule.schedule }],
  );
  const sendToTargets = (rule: RulePlan, event: JsonValue): void => {
    for (const { queue, input } of rule.targets) queues.send(queue, input ?? JSON.stringify(event));
  };
  const putEvent = (event: JsonValue): void => {
    for (const { rule, matches } of patterns) if (matches(event)) sendToTargets(rule, event);
  };
  const firings = plan.schedules.map((schedule) => ({
    schedule,
    next: parseNextFiring(schedule.expression, schedule.timeZone),
  }));
  const tick = (minute: Date): void => {
    for (const { rule, isDue } of schedules)
      if (isDue(minute)) sendToTargets(rule, buildScheduledBusEvent(rule.arn, minute));
    const justBefore = new Date(minute.getTime() - 1);
    for (const { schedule, next } of firings)
      if (next(justBefore)?.getTime() === minute.getTime())
        queues.send(schedule.target.queue, buildScheduleInput(schedule, minute));
  };
  const catchUp = (): void => {
    for (const { rule, text } of schedules)
      if (text.startsWith('rate')) sendToTargets(rule, buildScheduledBusEvent(rule.arn, clock.now()));
  };

  const stopListening = s3.onEvent((event) => {
    if (notifyingBuckets.has(event.bucket)) putEvent(buildS3BusEvent(event));
  });
  catchUp();
  let timer: NodeJS.Timeout;
  const waitForMinute = (): void => {
    clearTimeout(timer);
    // The one after this: whoever moves the time to a full minute sees to that one.
    const minute = (Math.floor(clock.now().getTime() / 60_000) + 1) * 60_000;
    const tickWhenDue = (): void => {
      const left = minute - clock.now().getTime();
      // Timers come a moment early now and then.
      if (left > 0) timer = setTimeout(tickWhenDue, left);
      else {
        tick(new Date(minute));
        waitForMinute();
      }
    };
    tickWhenDue();
  };
  waitForMinute();
  const stopFollowing = clock.onAdvance(waitForMinute);
  return {
    putEvent,
    tick,
    catchUp,
    findNextFiring: (after) => {
      const times = firings.flatMap(({ next }) => next(after)?.getTime() ?? []);
      return times.length > 0 ? new Date(Math.min(...times)) : undefined;
    },
    close: () => {
      stopListening();
      stopFollowing();
      clearTimeout(timer);
    },
  };
};
