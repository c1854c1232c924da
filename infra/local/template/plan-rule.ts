import { z } from 'zod';
import { checkPattern } from '../events/pattern.ts';
import { parseRuleSchedule } from '../events/schedule.ts';
import { planTarget } from './plan-target.ts';
import type { TemplateResource, TemplateResources } from './resources.ts';
import type { RulePlan } from './stack-plan.ts';
import { UnsupportedTemplateError } from './template.ts';

const ruleSchema = z.object({
  State: z.string().default('ENABLED'),
  EventPattern: z.json().optional(),
  ScheduleExpression: z.string().optional(),
  Targets: z
    .array(
      z.object({
        Arn: z.string(),
        Input: z.string().optional(),
        InputPath: z.unknown().optional(),
        InputTransformer: z.unknown().optional(),
      }),
    )
    .default([]),
});

/** AWS::Events::Rule. Gives none for a rule that is switched off. */
export const planRule = (
  { id, name, attributes, properties }: TemplateResource,
  resources: TemplateResources,
): RulePlan[] => {
  const rule = ruleSchema.parse(properties);
  if (rule.State === 'DISABLED') return [];
  const targets = rule.Targets.map(({ Arn, Input, InputPath, InputTransformer }) => {
    if (InputPath !== undefined || InputTransformer !== undefined)
      throw new UnsupportedTemplateError(
        `The local run sends whole events or a fixed input only (${id} in the template).`,
      );
    const target = planTarget(Arn, resources);
    return Input === undefined ? target : { ...target, input: Input };
  });
  const plan = { name, arn: attributes.Arn ?? name, targets };
  if (rule.ScheduleExpression !== undefined) {
    parseRuleSchedule(rule.ScheduleExpression);
    return [{ ...plan, schedule: rule.ScheduleExpression }];
  }
  const pattern = rule.EventPattern ?? {};
  checkPattern(pattern);
  return [{ ...plan, pattern }];
};
