import { randomUUID } from 'node:crypto';
import type { FunctionPlan } from './plan-functions.ts';
import { type LambdaWorker, startWorker } from './start-worker.ts';
import { formatTraceHeader, maxInvocationsInChain, parseLineage } from './trace-lineage.ts';

/** The workers of a function, which are started when they are needed. */
export interface LambdaPool {
  /**
   * @param traceHeaders of the messages in the event
   * @throws {Error} when they have led back to the function too often
   */
  invoke(event: unknown, traceHeaders?: readonly (string | undefined)[]): Promise<unknown>;
  /**
   * Starts workers anew for the invocations that follow, as after a deployment.
   * @param variables that replace those of the function's environment
   */
  restart(variables: Readonly<Record<string, string>>): Promise<void>;
  stop(): Promise<void>;
}

export interface LambdaPoolProps {
  readonly plan: FunctionPlan;
  readonly environment: Readonly<Record<string, string>>;
  /** Take precedence over the function's own environment. */
  readonly overrides?: Readonly<Record<string, string>>;
  readonly clockOffsetMs?: Float64Array;
  readonly onLine: (line: string) => void;
}

const buildReservedVariables = ({ name, memoryMb, bundle, handler }: FunctionPlan): Record<string, string> => ({
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
  AWS_LAMBDA_LOG_STREAM_NAME: 'local',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  LAMBDA_TASK_ROOT: bundle,
  _HANDLER: handler,
  TZ: ':UTC',
});

/** Callers limit the concurrency. */
export const createLambdaPool = (props: LambdaPoolProps): LambdaPool => {
  const { plan, environment, overrides = {}, clockOffsetMs, onLine } = props;
  const idle: LambdaWorker[] = [];
  const all = new Set<LambdaWorker>();
  let functionEnvironment = { ...environment, ...buildReservedVariables(plan), ...plan.environment, ...overrides };
  const start = (): LambdaWorker => {
    const worker = startWorker({
      plan,
      environment: functionEnvironment,
      onLine,
      ...(clockOffsetMs && { clockOffsetMs }),
    });
    all.add(worker);
    return worker;
  };
  return {
    invoke: async (event, traceHeaders = []) => {
      const lineage = parseLineage(traceHeaders);
      if (!plan.allowsLoops && (lineage.get(plan.name) ?? 0) >= maxInvocationsInChain)
        throw new Error(
          `Lambda stops a function that its own messages have invoked ${maxInvocationsInChain} times in a row. If that is meant, set its RecursiveLoop to Allow.`,
        );
      const traceHeader = formatTraceHeader(lineage, plan.name);
      const worker = idle.pop() ?? start();
      try {
        return await worker.invoke({
          requestId: randomUUID(),
          event,
          traceHeader,
          timeoutSeconds: plan.timeoutSeconds,
        });
      } finally {
        if (!all.has(worker)) await worker.stop();
        else if (worker.isAlive()) idle.push(worker);
        else all.delete(worker);
      }
    },
    restart: async (variables) => {
      functionEnvironment = { ...functionEnvironment, ...variables };
      all.clear();
      await Promise.all(idle.splice(0).map((worker) => worker.stop()));
    },
    stop: async () => {
      await Promise.all([...all].map((worker) => worker.stop()));
    },
  };
};
