import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { FunctionPlan } from './plan-functions.ts';

/** An invocation that gave no result: the function threw, crashed or took too long. */
class InvocationError extends Error {
  override readonly name = 'InvocationError';
}

export interface LambdaWorker {
  /** @throws {InvocationError} */
  invoke(invocation: { requestId: string; event: unknown; timeout: number }): Promise<unknown>;
  /** False once it crashed or was stopped: it takes no further invocation. */
  isAlive(): boolean;
  stop(): Promise<void>;
}

export interface LambdaWorkerProps {
  readonly plan: FunctionPlan;
  readonly environment: Readonly<Record<string, string>>;
  /** Milliseconds that the function's time is ahead of the machine's, in shared memory. */
  readonly clockOffsetMs?: Float64Array;
  /** Takes every line that the function writes. */
  readonly onLine: (line: string) => void;
}

const reportSchema = z.union([
  z.object({ ready: z.literal(true) }),
  z.object({ result: z.string() }),
  z.object({ error: z.object({ name: z.string(), message: z.string(), stack: z.string().optional() }) }),
]);

/** Milliseconds for a bundle to load; Lambda gives ten seconds, a busy laptop may need more. */
const initTimeoutMs = 30_000;

const findEntry = ({ bundle, handler }: FunctionPlan): { file: string; handlerName: string } => {
  const [module = 'index', handlerName = 'handler'] = handler.split('.');
  const file = ['.mjs', '.js', '.cjs'].map((extension) => join(bundle, module + extension)).find(existsSync);
  if (file === undefined) throw new InvocationError(`the bundle has no ${module}.mjs or ${module}.js`);
  return { file, handlerName };
};

/** Starts a thread with an environment of its own, which loads the function's bundle. */
export const startWorker = ({
  plan,
  environment,
  clockOffsetMs,
  onLine,
}: LambdaWorkerProps): LambdaWorker => {
  const worker = new Worker(new URL('./worker-main.ts', import.meta.url), {
    workerData: {
      ...findEntry(plan),
      functionName: plan.name,
      functionArn: plan.arn,
      memory: plan.memory,
      clockOffsetMs,
    },
    env: { ...environment },
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: plan.memory },
  });
  for (const stream of [worker.stdout, worker.stderr]) createInterface({ input: stream }).on('line', onLine);

  let isAlive = true;
  let pending: { resolve: (result: unknown) => void; reject: (error: Error) => void } | undefined;
  const ready = Promise.withResolvers<void>();
  // Whoever invokes hears of it; nobody has to.
  ready.promise.catch(() => {});
  const fail = (reason: string): void => {
    isAlive = false;
    const error = new InvocationError(reason);
    ready.reject(error);
    pending?.reject(error);
  };
  worker.on('error', (error) => fail(`crashed: ${error instanceof Error ? error.message : String(error)}`));
  worker.on('exit', (code) => fail(`ended with exit code ${code}`));
  worker.on('message', (message: unknown) => {
    const report = reportSchema.parse(message);
    if ('ready' in report) ready.resolve();
    else if ('result' in report) pending?.resolve(JSON.parse(report.result));
    else
      pending?.reject(
        new InvocationError(`${report.error.name}: ${report.error.message}`, { cause: report.error }),
      );
  });

  const stop = async (): Promise<void> => {
    isAlive = false;
    await worker.terminate();
  };
  const withTimeout = async <T>(work: Promise<T>, milliseconds: number, reason: string): Promise<T> => {
    const timer = setTimeout(() => {
      fail(reason);
      void stop();
    }, milliseconds);
    try {
      return await work;
    } finally {
      clearTimeout(timer);
    }
  };

  return {
    stop,
    isAlive: () => isAlive,
    invoke: async ({ requestId, event, timeout }) => {
      await withTimeout(ready.promise, initTimeoutMs, 'its bundle took too long to load');
      const answer = new Promise<unknown>((resolve, reject) => {
        pending = { resolve, reject };
      });
      worker.postMessage({ requestId, event, deadline: Date.now() + timeout * 1000 });
      return withTimeout(answer, timeout * 1000, `timed out after ${timeout} seconds`);
    },
  };
};
