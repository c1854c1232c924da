import { z } from 'zod';
import { parseNextFiring } from '../events/next-firing.ts';
import { planTarget } from './plan-target.ts';
import type { TemplateResource, TemplateResources } from './resources.ts';
import type { SchedulePlan } from './stack-plan.ts';

const scheduleSchema = z.object({
  State: z.string().default('ENABLED'),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  Target: z.object({ Arn: z.string(), Input: z.string().default('{}') }),
});

/** AWS::Scheduler::Schedule. Gives none for one that is switched off. */
export const planSchedule = (
  { name, attributes, properties }: TemplateResource,
  resources: TemplateResources,
): SchedulePlan[] => {
  const schedule = scheduleSchema.parse(properties);
  if (schedule.State === 'DISABLED') return [];
  const { ScheduleExpression: expression, ScheduleExpressionTimezone: zone, Target } = schedule;
  parseNextFiring(expression, zone);
  const target = { ...planTarget(Target.Arn, resources), input: Target.Input };
  return [{ name, arn: attributes.Arn ?? name, expression, timeZone: zone, target }];
};
