import type { Clock } from '../base/clock.ts';
import type { BucketPlan } from '../s3/plan-buckets.ts';
import type { RunningS3 } from '../s3/start-s3.ts';
import type { Queues } from '../sqs/queues.ts';
import type { JsonValue } from '../template/template.ts';
import { buildS3BusEvent, buildScheduledBusEvent, buildScheduleInput } from './bus-event.ts';
import { type NextFiring, parseNextFiring } from './next-firing.ts';
import { compilePattern } from './pattern.ts';
import type { RulePlan } from './plan-rules.ts';
import type { SchedulePlan } from './plan-schedules.ts';

export interface Bus {
  putEvent(event: JsonValue): void;
  /** Fires the rules and schedules of a minute. */
  tick(minute: Date): void;
  /** Fires all rules with a rate. */
  catchUp(): void;
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
  readonly clock: Pick<Clock, 'now' | 'onAdvance'>;
}

/** Calls the listener at every full minute of the clock. The returned function ends it. */
const startMinutes = (clock: Pick<Clock, 'now' | 'onAdvance'>, tick: (minute: Date) => void): (() => void) => {
  let timer: NodeJS.Timeout;
  const waitForMinute = (): void => {
    clearTimeout(timer);
    // Not this minute: code that moves the clock to a full minute fires it itself.
    const minute = (Math.floor(clock.now().getTime() / 60_000) + 1) * 60_000;
    const tickWhenDue = (): void => {
      const left = minute - clock.now().getTime();
      // A timer may fire a moment early.
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
  return () => {
    stopFollowing();
    clearTimeout(timer);
  };
};

/**
 * Starts the event bus: events of buckets and schedules go to the targets of their rules. A change in a bucket and its
 * messages are one transaction. Rules with a rate fire at once, since a laptop may have been off, and then by the
 * clock.
 */
export const startBus = ({ plan, s3, queues, clock }: BusProps): Bus => {
  const notifyingBuckets = new Set(
    plan.buckets.filter((each) => each.sendsEventsToEventBridge).map(({ name }) => name),
  );
  const patterns = plan.rules.flatMap((rule) =>
    rule.pattern === undefined ? [] : [{ rule, matches: compilePattern(rule.pattern) }],
  );
  const schedules = plan.rules.flatMap((rule) =>
    rule.schedule === undefined ? [] : [{ rule, next: parseNextFiring(rule.schedule, 'UTC'), text: rule.schedule }],
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
    const isDue = (next: NextFiring): boolean => next(new Date(minute.getTime() - 1))?.getTime() === minute.getTime();
    for (const { rule, next } of schedules)
      if (isDue(next)) sendToTargets(rule, buildScheduledBusEvent(rule.arn, minute));
    for (const { schedule, next } of firings)
      if (isDue(next)) queues.send(schedule.target.queue, buildScheduleInput(schedule, minute));
  };
  const catchUp = (): void => {
    for (const { rule, text } of schedules)
      if (text.startsWith('rate')) sendToTargets(rule, buildScheduledBusEvent(rule.arn, clock.now()));
  };

  const stopListening = s3.onEvent((event) => {
    if (notifyingBuckets.has(event.bucket)) putEvent(buildS3BusEvent(event));
  });
  catchUp();
  const stopMinutes = startMinutes(clock, tick);
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
      stopMinutes();
    },
  };
};
