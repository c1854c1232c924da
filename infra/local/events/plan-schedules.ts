import { z } from 'zod';
import type { TemplateResource, TemplateResources } from '../template/resources.ts';
import { parseNextFiring } from './next-firing.ts';
import { type EventTarget, planTarget } from './plan-target.ts';

export interface SchedulePlan {
  readonly name: string;
  readonly arn: string;
  /** `rate(…)` or `cron(…)`, by the clocks of the zone. */
  readonly expression: string;
  readonly timeZone: string;
  /** The input may contain `<aws.scheduler.…>` keywords. */
  readonly target: EventTarget & { readonly input: string };
}

const scheduleSchema = z.object({
  State: z.string().default('ENABLED'),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  Target: z.object({ Arn: z.string(), Input: z.string().default('{}') }),
});

const planSchedule = (
  { name, attributes, properties }: TemplateResource,
  resources: TemplateResources,
): SchedulePlan[] => {
  const schedule = scheduleSchema.parse(properties);
  if (schedule.State === 'DISABLED') return [];
  const { ScheduleExpression: expression, ScheduleExpressionTimezone: timeZone, Target } = schedule;
  // Refuses it before anything is started.
  parseNextFiring(expression, timeZone);
  const target = { ...planTarget(Target.Arn, resources), input: Target.Input };
  return [{ name, arn: attributes.Arn ?? name, expression, timeZone, target }];
};

export const planSchedules = (resources: TemplateResources): SchedulePlan[] =>
  resources.planEach('AWS::Scheduler::Schedule', planSchedule).flat();
