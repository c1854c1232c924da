import type { Clock } from '../clock.ts';
import type { RunningS3 } from '../s3/start-s3.ts';
import type { Queues } from '../sqs/queues.ts';
import type { Plan, RulePlan } from '../template/plan.ts';
import type { Json } from '../template/template.ts';
import { s3BusEvent, scheduledBusEvent, scheduledInput } from './bus-event.ts';
import { parseNextFiring } from './next-firing.ts';
import { compilePattern } from './pattern.ts';
import { parseSchedule } from './schedule.ts';

export interface Bus {
  /** Hands an event to every rule whose pattern it matches. */
  put(event: Json): void;
  /** Does what is scheduled for the minute. */
  tick(minute: Date): void;
  /** Does what a rule with a rate does every so often, now. */
  catchUp(): void;
  /** The first time after an instant that a schedule with a cron expression or a rate is for. */
  nextFiring(after: Date): Date | undefined;
  close(): void;
}

interface BusProps {
  readonly plan: Pick<Plan, 'buckets' | 'rules' | 'schedules'>;
  readonly s3: Pick<RunningS3, 'onEvent'>;
  readonly queues: Pick<Queues, 'send'>;
  readonly clock?: Pick<Clock, 'now' | 'onMove'>;
}

const machineClock: Pick<Clock, 'now' | 'onMove'> = { now: () => new Date(), onMove: () => () => {} };

/**
 * The event bus: changes of the buckets that tell it, and schedules, go to the queues that the rules name.
 * A bucket's change and its messages are one transaction. Rules with a rate are due at once, since a laptop that
 * was shut has something to catch up with, and then by the clock.
 */
export const startBus = ({ plan, s3, queues, clock = machineClock }: BusProps): Bus => {
  const telling = new Set(plan.buckets.filter((each) => each.tellsEventBridge).map(({ name }) => name));
  const patterns = plan.rules.flatMap((rule) =>
    rule.pattern === undefined ? [] : [{ rule, matches: compilePattern(rule.pattern) }],
  );
  const schedules = plan.rules.flatMap((rule) =>
    rule.schedule === undefined ? [] : [{ rule, isDue: parseSchedule(rule.schedule), text: rule.schedule }],
  );
  const deliver = (rule: RulePlan, event: Json): void => {
    for (const { queue, input } of rule.targets) queues.send(queue, input ?? JSON.stringify(event));
  };
  const put = (event: Json): void => {
    for (const { rule, matches } of patterns) if (matches(event)) deliver(rule, event);
  };
  const firings = plan.schedules.map((schedule) => ({
    schedule,
    next: parseNextFiring(schedule.expression, schedule.zone),
  }));
  const tick = (minute: Date): void => {
    for (const { rule, isDue } of schedules)
      if (isDue(minute)) deliver(rule, scheduledBusEvent(rule.arn, minute));
    const justBefore = new Date(minute.getTime() - 1);
    for (const { schedule, next } of firings)
      if (next(justBefore)?.getTime() === minute.getTime())
        queues.send(schedule.target.queue, scheduledInput(schedule, minute));
  };
  const catchUp = (): void => {
    for (const { rule, text } of schedules)
      if (text.startsWith('rate')) deliver(rule, scheduledBusEvent(rule.arn, clock.now()));
  };

  const stopListening = s3.onEvent((event) => {
    if (telling.has(event.bucket)) put(s3BusEvent(event));
  });
  catchUp();
  let timer: NodeJS.Timeout;
  const waitForMinute = (): void => {
    clearTimeout(timer);
    // The one after this: whoever moves the time to a full minute sees to that one.
    const minute = (Math.floor(clock.now().getTime() / 60_000) + 1) * 60_000;
    const look = (): void => {
      const left = minute - clock.now().getTime();
      // Timers come a moment early now and then.
      if (left > 0) timer = setTimeout(look, left);
      else {
        tick(new Date(minute));
        waitForMinute();
      }
    };
    look();
  };
  waitForMinute();
  const stopFollowing = clock.onMove(waitForMinute);
  return {
    put,
    tick,
    catchUp,
    nextFiring: (after) => {
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
