import { z } from 'zod';
import { formatArn } from '../base/aws-account.ts';
import type { ServiceResourceTypes, TemplateResource, TemplateResources } from '../template/resources.ts';
import { type JsonValue, UnsupportedTemplateError } from '../template/template.ts';
import { parseNextFiring } from './next-firing.ts';
import { compilePattern } from './pattern.ts';
import { type EventTarget, planTarget, targetSchema } from './plan-target.ts';

export const eventsResourceTypes: ServiceResourceTypes = {
  planned: {
    'AWS::Events::Rule': (name) => ({
      ref: name,
      attributes: { Arn: formatArn('events', `rule/${name}`) },
    }),
    'AWS::Scheduler::Schedule': (name) => ({
      ref: name,
      attributes: { Arn: formatArn('scheduler', `schedule/default/${name}`) },
    }),
  },
  ignored: [/^AWS::Scheduler::ScheduleGroup$/],
};

export interface RulePlan {
  readonly name: string;
  readonly arn: string;
  readonly pattern?: JsonValue;
  readonly schedule?: string;
  readonly targets: readonly RuleTarget[];
  /** Nobody is alarmed here, but the rule has to be able to. */
  readonly topics: readonly string[];
}

export interface RuleTarget extends EventTarget {
  /** The message to send instead of the event. */
  readonly input?: string;
}

const ruleSchema = z.object({
  State: z.string().default('ENABLED'),
  EventPattern: z.json().optional(),
  ScheduleExpression: z.string().optional(),
  Targets: z
    .array(
      targetSchema.extend({
        Input: z.string().optional(),
        InputPath: z.unknown().optional(),
        InputTransformer: z.unknown().optional(),
      }),
    )
    .default([]),
});

const isTopic = (arn: string): boolean => /^arn:[^:]+:sns:/.test(arn);

const planRule = ({ id, name, attributes, properties }: TemplateResource, resources: TemplateResources): RulePlan[] => {
  const rule = ruleSchema.parse(properties);
  if (rule.State === 'DISABLED') return [];
  const { topics = [], others = [] } = Object.groupBy(rule.Targets, ({ Arn }) => (isTopic(Arn) ? 'topics' : 'others'));
  const targets = others.map(({ Input, InputPath, InputTransformer, ...given }) => {
    if (InputPath !== undefined || InputTransformer !== undefined)
      throw new UnsupportedTemplateError(
        `The local run sends whole events or a fixed input only (${id} in the template).`,
      );
    const target = planTarget(given, resources);
    return Input === undefined ? target : { ...target, input: Input };
  });
  const plan = { name, arn: attributes.Arn ?? name, targets, topics: topics.map(({ Arn }) => Arn) };
  if (rule.ScheduleExpression !== undefined) {
    // Refuses it before anything is started.
    parseNextFiring(rule.ScheduleExpression, 'UTC');
    return [{ ...plan, schedule: rule.ScheduleExpression }];
  }
  const pattern = rule.EventPattern ?? {};
  compilePattern(pattern);
  return [{ ...plan, pattern }];
};

export const planRules = (resources: TemplateResources): RulePlan[] =>
  resources.planEach('AWS::Events::Rule', planRule).flat();
