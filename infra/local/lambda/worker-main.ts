import module from 'node:module';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';

/**
 * The main module of a Lambda's worker thread: it loads the bundle once, as a cold start does, and then handles one
 * invocation after another with the same module state, as a warm Lambda does.
 */
const { file, handlerName, functionName, functionArn, memoryMb, clockOffsetMs, compileCacheFolder } = z
  .object({
    file: z.string(),
    handlerName: z.string(),
    functionName: z.string(),
    functionArn: z.string(),
    memoryMb: z.number(),
    clockOffsetMs: z.instanceof(Float64Array).optional(),
    compileCacheFolder: z.string(),
  })
  .parse(workerData);

/** Moves `Date.now()` and `new Date()` of this thread ahead by the offset in shared memory. */
const shiftDate = (clockOffsetMs: Float64Array): void => {
  const MachineDate = Date;
  const now = (): number => MachineDate.now() + (clockOffsetMs[0] ?? 0);
  globalThis.Date = new Proxy(MachineDate, {
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: () => new MachineDate(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
};

// Deadlines follow the machine's clock.
const machineNow = Date.now;
if (clockOffsetMs) shiftDate(clockOffsetMs);

const invocationSchema = z.object({
  requestId: z.string(),
  event: z.unknown(),
  traceHeader: z.string(),
  deadline: z.number(),
});
const isHandler = (value: unknown): value is (event: unknown, context: object) => unknown =>
  typeof value === 'function';

const toErrorReport = (error: unknown): { name: string; message: string; stack?: string | undefined } =>
  error instanceof Error
    ? { name: error.name, message: error.message, stack: error.stack }
    : { name: 'Error', message: String(error) };

// A worker that starts later, also in another run, loads the bundle in half the time.
module.enableCompileCache(compileCacheFolder);
const bundle: Record<string, unknown> = await import(pathToFileURL(file).href);
module.flushCompileCache();
const handler = bundle[handlerName];
if (!isHandler(handler)) throw new Error(`${file} exports no function ${handlerName}`);

parentPort?.on('message', async (message: unknown) => {
  const { requestId, event, traceHeader, deadline } = invocationSchema.parse(message);
  process.env._X_AMZN_TRACE_ID = traceHeader;
  const context = {
    awsRequestId: requestId,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: functionArn,
    memoryLimitInMB: String(memoryMb),
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - machineNow()),
  };
  try {
    // As in Lambda, the result is JSON.
    parentPort?.postMessage({ result: JSON.stringify((await handler(event, context)) ?? null) });
  } catch (error) {
    parentPort?.postMessage({ error: toErrorReport(error) });
  }
});
parentPort?.postMessage({ ready: true });
