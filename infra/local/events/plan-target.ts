import { z } from 'zod';
import { toInvocationQueueName } from '../lambda/plan-mappings.ts';
import type { TemplateResources } from '../template/resources.ts';
import { UnsupportedTemplateError } from '../template/template.ts';

export interface EventTarget {
  readonly arn: string;
  readonly queue: string;
  /** The function behind the queue, where the template names that instead of a queue. */
  readonly function?: string;
  /** The queue for events that it cannot deliver. */
  readonly deadLettersArn?: string;
}

export const targetSchema = z.object({
  Arn: z.string(),
  DeadLetterConfig: z.object({ Arn: z.string() }).optional(),
});

/**
 * The queue that a rule or a schedule sends to, or the invocation queue of the function that it calls.
 * @throws {UnsupportedTemplateError}
 */
export const planTarget = (
  { Arn: arn, DeadLetterConfig }: z.infer<typeof targetSchema>,
  resources: TemplateResources,
): EventTarget => {
  const deadLetters = DeadLetterConfig && { deadLettersArn: DeadLetterConfig.Arn };
  const findByArn = (type: string) => resources.listByType(type).find(({ attributes }) => attributes.Arn === arn)?.name;
  const queue = findByArn('AWS::SQS::Queue');
  if (queue !== undefined) return { arn, queue, ...deadLetters };
  const name = findByArn('AWS::Lambda::Function');
  if (name !== undefined) return { arn, queue: toInvocationQueueName(name), function: name, ...deadLetters };
  throw new UnsupportedTemplateError(`The local run finds no queue and no function for ${arn}.`);
};
