import { z } from 'zod';
import type { QueueSettings } from '../sqs/queues.ts';
import type { MappingPlan, RuleTarget } from './plan.ts';
import type { Resource, Resources } from './resources.ts';
import { TemplateRefused } from './template.ts';

/** Where invocations end that failed as often as they may. */
const failedInvocations: QueueSettings = { name: 'failed-invocations' };

/** The queue before a function that is called without waiting for its answer, as Lambda itself has one. */
const queueBefore = (functionName: string): string => `invocations-of-${functionName}`;

/** What a rule or a schedule calls: a queue, or a function by the queue before it. @throws {TemplateRefused} */
export const planTarget = (arn: string, resources: Resources): Pick<RuleTarget, 'queue' | 'function'> => {
  const queue = resources.ofType('AWS::SQS::Queue').find(({ attributes }) => attributes.Arn === arn);
  if (queue) return { queue: queue.name };
  const called = resources.ofType('AWS::Lambda::Function').find(({ attributes }) => attributes.Arn === arn);
  if (called) return { queue: queueBefore(called.name), function: called.name };
  throw new TemplateRefused(`The local run finds no queue and no function for ${arn}.`);
};

const invokeConfig = z.object({
  FunctionName: z.string(),
  MaximumRetryAttempts: z.number().default(2),
});

/** AWS::Lambda::EventInvokeConfig: how often each function is tried again, by its name. */
const retriesOf = (resources: Resources): ReadonlyMap<string, number> =>
  new Map(
    resources.ofType('AWS::Lambda::EventInvokeConfig').map(({ properties }: Resource) => {
      const { FunctionName, MaximumRetryAttempts } = invokeConfig.parse(properties);
      return [resources.find('AWS::Lambda::Function', FunctionName).name, MaximumRetryAttempts];
    }),
  );

/** The queues before functions that are called without waiting, and what empties them: one invocation a message. */
export const planInvocations = (
  targets: readonly RuleTarget[],
  resources: Resources,
): { readonly queues: QueueSettings[]; readonly mappings: MappingPlan[] } => {
  const called = [...new Set(targets.flatMap((target) => target.function ?? []))];
  if (called.length === 0) return { queues: [], mappings: [] };
  const retries = retriesOf(resources);
  const queues = called.map(
    (name): QueueSettings => ({
      name: queueBefore(name),
      // Longer than the longest function may run: an invocation is never begun twice.
      visibilityTimeout: 1800,
      deadLetters: { queue: failedInvocations.name, maxReceives: 1 + (retries.get(name) ?? 2) },
    }),
  );
  const mappings = called.map((name) => ({
    queue: queueBefore(name),
    queueArn: '',
    function: name,
    batchSize: 1,
    batchingWindow: 0,
    maxConcurrency: 1000,
    reportsItemFailures: false,
    isInvocation: true,
  }));
  return { queues: [failedInvocations, ...queues], mappings };
};
