import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';

/**
 * What runs inside a Lambda's worker thread: it loads the bundle once, as a cold start does, then answers one
 * invocation after another. Whatever the module keeps, it keeps, as in a warm Lambda.
 */
const { file, handlerName, functionName, functionArn, memory, clockOffsetMs } = z
  .object({
    file: z.string(),
    handlerName: z.string(),
    functionName: z.string(),
    functionArn: z.string(),
    memory: z.number(),
    clockOffsetMs: z.instanceof(Float64Array).optional(),
  })
  .parse(workerData);

/**
 * Makes this thread's present the local run's: `Date.now()` and `new Date()` are so many milliseconds ahead, by what
 * stands in shared memory at that moment. Nothing else of `Date` changes.
 */
const shiftDate = (clockOffsetMs: Float64Array): void => {
  const machine = Date;
  const now = (): number => machine.now() + (clockOffsetMs[0] ?? 0);
  globalThis.Date = new Proxy(machine, {
    construct: (target, given, newTarget) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
    apply: () => new machine(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
};

// Deadlines are by the machine's clock, whatever the function takes for the time.
const machineNow = Date.now;
if (clockOffsetMs) shiftDate(clockOffsetMs);

const invocationSchema = z.object({ requestId: z.string(), event: z.unknown(), deadline: z.number() });
const isHandler = (value: unknown): value is (event: unknown, context: object) => unknown =>
  typeof value === 'function';

const toErrorReport = (error: unknown): { name: string; message: string; stack?: string | undefined } =>
  error instanceof Error
    ? { name: error.name, message: error.message, stack: error.stack }
    : { name: 'Error', message: String(error) };

const module: Record<string, unknown> = await import(pathToFileURL(file).href);
const handler = module[handlerName];
if (!isHandler(handler)) throw new Error(`${file} exports no function ${handlerName}`);

parentPort?.on('message', async (message: unknown) => {
  const { requestId, event, deadline } = invocationSchema.parse(message);
  const context = {
    awsRequestId: requestId,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: functionArn,
    memoryLimitInMB: String(memory),
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - machineNow()),
  };
  try {
    // As Lambda does it, the result travels as JSON.
    parentPort?.postMessage({ result: JSON.stringify((await handler(event, context)) ?? null) });
  } catch (error) {
    parentPort?.postMessage({ error: toErrorReport(error) });
  }
});
parentPort?.postMessage({ ready: true });
