import { randomUUID } from 'node:crypto';
import type { FunctionPlan } from './plan-functions.ts';
import { type LambdaWorker, startWorker } from './start-worker.ts';

/** A Lambda function: as many workers as run at once, started when they are first needed. */
export interface LambdaPool {
  /** @throws {InvocationError} */
  invoke(event: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

export interface LambdaPoolProps {
  readonly plan: FunctionPlan;
  /** Goes before the function's own environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Goes after it. */
  readonly overrides?: Readonly<Record<string, string>>;
  readonly clockOffsetMs?: Float64Array;
  readonly onLine: (line: string) => void;
}

/** What Lambda sets by itself. */
const buildReservedVariables = ({ name, memory, bundle, handler }: FunctionPlan): Record<string, string> => ({
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memory),
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
  AWS_LAMBDA_LOG_STREAM_NAME: 'local',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  LAMBDA_TASK_ROOT: bundle,
  _HANDLER: handler,
  TZ: ':UTC',
});

/** Callers see to it that no more run at once than may. */
export const createLambdaPool = (props: LambdaPoolProps): LambdaPool => {
  const { plan, environment, overrides = {}, clockOffsetMs: ahead, onLine } = props;
  const idle: LambdaWorker[] = [];
  const all = new Set<LambdaWorker>();
  const functionEnvironment = {
    ...environment,
    ...buildReservedVariables(plan),
    ...plan.environment,
    ...overrides,
  };
  const start = (): LambdaWorker => {
    const worker = startWorker({
      plan,
      environment: functionEnvironment,
      onLine,
      ...(ahead && { clockOffsetMs: ahead }),
    });
    all.add(worker);
    return worker;
  };
  return {
    invoke: async (event) => {
      // The one used last is the warmest.
      const worker = idle.pop() ?? start();
      try {
        return await worker.invoke({ requestId: randomUUID(), event, timeout: plan.timeout });
      } finally {
        if (worker.isAlive()) idle.push(worker);
        else all.delete(worker);
      }
    },
    stop: async () => {
      await Promise.all([...all].map((worker) => worker.stop()));
    },
  };
};
