import { z } from 'zod';
import { formatArn } from '../base/aws-account.ts';
import type { TemplateResource, TemplateResources } from '../template/resources.ts';
import { parseNextFiring } from './next-firing.ts';
import { type EventTarget, planTarget, targetSchema } from './plan-target.ts';

export interface SchedulePlan {
  readonly name: string;
  readonly arn: string;
  /** `rate(…)` or `cron(…)`, by the clocks of the zone. */
  readonly expression: string;
  readonly timeZone: string;
  readonly role: string;
  readonly groupArn: string;
  /** The input may contain `<aws.scheduler.…>` keywords. */
  readonly target: EventTarget & { readonly input: string };
}

const scheduleSchema = z.object({
  State: z.string().default('ENABLED'),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  GroupName: z.string().default('default'),
  Target: targetSchema.extend({ RoleArn: z.string(), Input: z.string().default('{}') }),
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
  const target = { ...planTarget(Target, resources), input: Target.Input };
  const role = resources.find('AWS::IAM::Role', Target.RoleArn).name;
  const groupArn = formatArn('scheduler', `schedule-group/${schedule.GroupName}`);
  return [{ name, arn: attributes.Arn ?? name, expression, timeZone, role, groupArn, target }];
};

export const planSchedules = (resources: TemplateResources): SchedulePlan[] =>
  resources.planEach('AWS::Scheduler::Schedule', planSchedule).flat();
