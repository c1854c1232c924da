import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { shiftDate } from './move-clock.ts';

/**
 * What runs inside a Lambda's worker thread: it loads the bundle once, as a cold start does, then answers one
 * invocation after another. Whatever the module keeps, it keeps, as in a warm Lambda.
 */
const {
  file,
  handlerName,
  functionName,
  functionArn,
  memory,
  clockOffsetMs: ahead,
} = z
  .object({
    file: z.string(),
    handlerName: z.string(),
    functionName: z.string(),
    functionArn: z.string(),
    memory: z.number(),
    clockOffsetMs: z.instanceof(Float64Array).optional(),
  })
  .parse(workerData);

// Deadlines are by the machine's clock, whatever the function takes for the time.
const machineNow = Date.now;
if (ahead) shiftDate(ahead);

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
