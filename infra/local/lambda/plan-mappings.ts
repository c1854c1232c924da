import { z } from 'zod';
import type { QueueSettings } from '../sqs/queues.ts';
import type { TemplateResources } from '../template/resources.ts';

export interface MappingPlan {
  readonly queue: string;
  readonly queueArn: string;
  readonly function: string;
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  readonly maxConcurrency: number;
  readonly reportsItemFailures: boolean;
  /** Each message is the event of an asynchronous invocation, not a record of a batch. */
  readonly isInvocation: boolean;
}

const mappingSchema = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  BatchSize: z.number().default(10),
  MaximumBatchingWindowInSeconds: z.number().default(0),
  ScalingConfig: z.object({ MaximumConcurrency: z.number() }).default({ MaximumConcurrency: 1000 }),
  FunctionResponseTypes: z.array(z.string()).default([]),
});

export const planMappings = (resources: TemplateResources): MappingPlan[] =>
  resources.planEach('AWS::Lambda::EventSourceMapping', ({ properties }) => {
    const mapping = mappingSchema.parse(properties);
    return {
      queue: resources.find('AWS::SQS::Queue', mapping.EventSourceArn).name,
      queueArn: mapping.EventSourceArn,
      function: resources.find('AWS::Lambda::Function', mapping.FunctionName).name,
      batchSize: mapping.BatchSize,
      batchingWindowSeconds: mapping.MaximumBatchingWindowInSeconds,
      maxConcurrency: mapping.ScalingConfig.MaximumConcurrency,
      reportsItemFailures: mapping.FunctionResponseTypes.includes('ReportBatchItemFailures'),
      isInvocation: false,
    };
  });

/** The queue of a function's asynchronous invocations: Lambda keeps one before each function. */
export const toInvocationQueueName = (functionName: string): string => `invocations-of-${functionName}`;

const failedInvocationsQueue: QueueSettings = { name: 'failed-invocations' };

const invokeConfigSchema = z.object({ FunctionName: z.string(), MaximumRetryAttempts: z.number().default(2) });

const readRetryAttempts = (resources: TemplateResources): ReadonlyMap<string, number> =>
  new Map(
    resources.planEach('AWS::Lambda::EventInvokeConfig', ({ properties }) => {
      const { FunctionName, MaximumRetryAttempts } = invokeConfigSchema.parse(properties);
      return [resources.find('AWS::Lambda::Function', FunctionName).name, MaximumRetryAttempts];
    }),
  );

/** The queues of functions that are invoked asynchronously, and their mappings: one invocation a message. */
export const planInvocations = (
  functionNames: readonly string[],
  resources: TemplateResources,
): { readonly queues: QueueSettings[]; readonly mappings: MappingPlan[] } => {
  if (functionNames.length === 0) return { queues: [], mappings: [] };
  const retryAttempts = readRetryAttempts(resources);
  const queues = functionNames.map(
    (name): QueueSettings => ({
      name: toInvocationQueueName(name),
      // Longer than a function may run, so that no invocation starts twice.
      visibilityTimeout: 1800,
      deadLetters: { queue: failedInvocationsQueue.name, maxReceives: 1 + (retryAttempts.get(name) ?? 2) },
    }),
  );
  const mappings = functionNames.map((name) => ({
    queue: toInvocationQueueName(name),
    queueArn: '',
    function: name,
    batchSize: 1,
    batchingWindowSeconds: 0,
    maxConcurrency: 1000,
    reportsItemFailures: false,
    isInvocation: true,
  }));
  return { queues: [failedInvocationsQueue, ...queues], mappings };
};
