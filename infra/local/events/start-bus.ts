import type { RunningS3 } from '../s3/start-s3.ts';
import type { Queues } from '../sqs/queues.ts';
import type { Plan, RulePlan } from '../template/plan.ts';
import type { Json } from '../template/template.ts';
import { s3BusEvent, scheduledBusEvent } from './bus-event.ts';
import { compilePattern } from './pattern.ts';
import { parseSchedule } from './schedule.ts';

export interface Bus {
  /** Hands an event to every rule whose pattern it matches. */
  put(event: Json): void;
  /** Does what is scheduled for the minute. */
  tick(minute: Date): void;
  close(): void;
}

interface BusProps {
  readonly plan: Pick<Plan, 'buckets' | 'rules'>;
  readonly s3: Pick<RunningS3, 'onEvent'>;
  readonly queues: Pick<Queues, 'send'>;
  readonly now?: () => Date;
}

/**
 * The event bus: changes of the buckets that tell it, and schedules, go to the queues that the rules name.
 * A bucket's change and its messages are one transaction. Rules with a rate are due at once, since a laptop that
 * was shut has something to catch up with, and then by the clock.
 */
export const startBus = ({ plan, s3, queues, now = () => new Date() }: BusProps): Bus => {
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
  const tick = (minute: Date): void => {
    for (const { rule, isDue } of schedules)
      if (isDue(minute)) deliver(rule, scheduledBusEvent(rule.arn, minute));
  };

  const stopListening = s3.onEvent((event) => {
    if (telling.has(event.bucket)) put(s3BusEvent(event));
  });
  for (const { rule, text } of schedules)
    if (text.startsWith('rate')) deliver(rule, scheduledBusEvent(rule.arn, now()));
  let timer: NodeJS.Timeout;
  const waitForMinute = (earliest: number): void => {
    const minute = Math.max(earliest, Math.ceil(now().getTime() / 60_000) * 60_000);
    timer = setTimeout(() => {
      tick(new Date(minute));
      waitForMinute(minute + 60_000);
    }, minute - now().getTime());
  };
  waitForMinute(0);
  return {
    put,
    tick,
    close: () => {
      stopListening();
      clearTimeout(timer);
    },
  };
};
