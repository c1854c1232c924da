import { z } from 'zod';
import type { QueueSettings } from '../sqs/queues.ts';
import type { TemplateResource, TemplateResources } from './resources.ts';
import type { MappingPlan, RuleTarget } from './stack-plan.ts';
import { UnsupportedTemplateError } from './template.ts';

/** Where invocations end that failed as often as they may. */
const failedInvocationsQueue: QueueSettings = { name: 'failed-invocations' };

/** The queue before a function that is called without waiting for its answer, as Lambda itself has one. */
const toInvocationQueueName = (functionName: string): string => `invocations-of-${functionName}`;

/** What a rule or a schedule calls: a queue, or a function by the queue before it. @throws {UnsupportedTemplateError} */
export const planTarget = (
  arn: string,
  resources: TemplateResources,
): Pick<RuleTarget, 'queue' | 'function'> => {
  const queue = resources.listByType('AWS::SQS::Queue').find(({ attributes }) => attributes.Arn === arn);
  if (queue) return { queue: queue.name };
  const called = resources
    .listByType('AWS::Lambda::Function')
    .find(({ attributes }) => attributes.Arn === arn);
  if (called) return { queue: toInvocationQueueName(called.name), function: called.name };
  throw new UnsupportedTemplateError(`The local run finds no queue and no function for ${arn}.`);
};

const invokeConfigSchema = z.object({
  FunctionName: z.string(),
  MaximumRetryAttempts: z.number().default(2),
});

/** AWS::Lambda::EventInvokeConfig: how often each function is tried again, by its name. */
const readRetryAttempts = (resources: TemplateResources): ReadonlyMap<string, number> =>
  new Map(
    resources.listByType('AWS::Lambda::EventInvokeConfig').map(({ properties }: TemplateResource) => {
      const { FunctionName, MaximumRetryAttempts } = invokeConfigSchema.parse(properties);
      return [resources.find('AWS::Lambda::Function', FunctionName).name, MaximumRetryAttempts];
    }),
  );

/** The queues before functions that are called without waiting, and what empties them: one invocation a message. */
export const planInvocations = (
  targets: readonly RuleTarget[],
  resources: TemplateResources,
): { readonly queues: QueueSettings[]; readonly mappings: MappingPlan[] } => {
  const called = [...new Set(targets.flatMap((target) => target.function ?? []))];
  if (called.length === 0) return { queues: [], mappings: [] };
  const retries = readRetryAttempts(resources);
  const queues = called.map(
    (name): QueueSettings => ({
      name: toInvocationQueueName(name),
      // Longer than the longest function may run: an invocation is never begun twice.
      visibilityTimeout: 1800,
      deadLetters: { queue: failedInvocationsQueue.name, maxReceives: 1 + (retries.get(name) ?? 2) },
    }),
  );
  const mappings = called.map((name) => ({
    queue: toInvocationQueueName(name),
    queueArn: '',
    function: name,
    batchSize: 1,
    batchingWindow: 0,
    maxConcurrency: 1000,
    reportsItemFailures: false,
    isInvocation: true,
  }));
  return { queues: [failedInvocationsQueue, ...queues], mappings };
};
