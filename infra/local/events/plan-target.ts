import { toInvocationQueueName } from '../lambda/plan-mappings.ts';
import type { TemplateResources } from '../template/resources.ts';
import { UnsupportedTemplateError } from '../template/template.ts';

export interface EventTarget {
  readonly queue: string;
  /** The function behind the queue, where the template names that instead of a queue. */
  readonly function?: string;
}

/** The queue that a rule or a schedule sends to, or the invocation queue of the function that it calls. @throws {UnsupportedTemplateError} */
export const planTarget = (arn: string, resources: TemplateResources): EventTarget => {
  const findByArn = (type: string) => resources.listByType(type).find(({ attributes }) => attributes.Arn === arn)?.name;
  const queue = findByArn('AWS::SQS::Queue');
  if (queue !== undefined) return { queue };
  const name = findByArn('AWS::Lambda::Function');
  if (name !== undefined) return { queue: toInvocationQueueName(name), function: name };
  throw new UnsupportedTemplateError(`The local run finds no queue and no function for ${arn}.`);
};
