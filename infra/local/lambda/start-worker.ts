import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { compileCacheFolder } from '../base/compile-cache-folder.ts';
import { formatErrorMessage } from '../base/format-error-message.ts';
import type { FunctionPlan } from './plan-functions.ts';

class InvocationError extends Error {
  override readonly name = 'InvocationError';
}

export interface LambdaInvocation {
  readonly requestId: string;
  readonly event: unknown;
  readonly traceHeader: string;
  readonly timeoutSeconds: number;
}

export interface LambdaWorker {
  invoke(invocation: LambdaInvocation): Promise<unknown>;
  /** False after a crash or a stop: it accepts no further invocation. */
  isAlive(): boolean;
  stop(): Promise<void>;
}

export interface LambdaWorkerProps {
  readonly plan: FunctionPlan;
  readonly environment: Readonly<Record<string, string>>;
  readonly clockOffsetMs?: Float64Array;
  readonly onLine: (line: string) => void;
}

const reportSchema = z.union([
  z.object({ ready: z.literal(true) }),
  z.object({ result: z.string() }),
  z.object({ error: z.object({ name: z.string(), message: z.string(), stack: z.string().optional() }) }),
]);

/** Lambda allows ten seconds; a busy laptop may need more. */
const initTimeoutMs = 30_000;

const findEntry = ({ bundle, handler }: FunctionPlan): { file: string; handlerName: string } => {
  const [module = 'index', handlerName = 'handler'] = handler.split('.');
  const file = ['.mjs', '.js', '.cjs'].map((extension) => join(bundle, module + extension)).find(existsSync);
  if (file === undefined) throw new InvocationError(`the bundle has no ${module}.mjs or ${module}.js`);
  return { file, handlerName };
};

/** Starts a thread with its own environment, which loads the bundle of the function. */
export const startWorker = ({ plan, environment, clockOffsetMs, onLine }: LambdaWorkerProps): LambdaWorker => {
  const worker = new Worker(new URL(`./worker-main${extname(import.meta.url)}`, import.meta.url), {
    workerData: {
      ...findEntry(plan),
      functionName: plan.name,
      functionArn: plan.arn,
      memoryMb: plan.memoryMb,
      clockOffsetMs,
      compileCacheFolder,
    },
    env: { ...environment },
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: plan.memoryMb },
  });
  for (const stream of [worker.stdout, worker.stderr]) createInterface({ input: stream }).on('line', onLine);

  let isAlive = true;
  let pending: { resolve: (result: unknown) => void; reject: (error: Error) => void } | undefined;
  const ready = Promise.withResolvers<void>();
  // Without an invocation nobody awaits it.
  ready.promise.catch(() => {});
  const fail = (reason: string): void => {
    isAlive = false;
    const error = new InvocationError(reason);
    ready.reject(error);
    pending?.reject(error);
  };
  worker.on('error', (error) => fail(`crashed: ${formatErrorMessage(error)}`));
  worker.on('exit', (code) => fail(`ended with exit code ${code}`));
  worker.on('message', (message: unknown) => {
    const report = reportSchema.parse(message);
    if ('ready' in report) ready.resolve();
    else if ('result' in report) pending?.resolve(JSON.parse(report.result));
    else pending?.reject(new InvocationError(`${report.error.name}: ${report.error.message}`, { cause: report.error }));
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
    invoke: async ({ requestId, event, traceHeader, timeoutSeconds }) => {
      await withTimeout(ready.promise, initTimeoutMs, 'its bundle took too long to load');
      const answer = new Promise<unknown>((resolve, reject) => {
        pending = { resolve, reject };
      });
      worker.postMessage({ requestId, event, traceHeader, deadline: Date.now() + timeoutSeconds * 1000 });
      return withTimeout(answer, timeoutSeconds * 1000, `timed out after ${timeoutSeconds} seconds`);
    },
  };
};
