import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../../../infra/local/base/database.ts';
import { createLambdaPool } from '../../../../infra/local/lambda/create-lambda-pool.ts';
import { pollQueue } from '../../../../infra/local/lambda/poll-queue.ts';
import { formatTraceHeader, parseLineage } from '../../../../infra/local/lambda/trace-lineage.ts';
import { openQueues } from '../../../../infra/local/sqs/queues.ts';
import { startSqs } from '../../../../infra/local/sqs/start-sqs.ts';
import { createFunctionPlan } from '../create-function-plan.ts';

/** Sends each message on to its own queue, with the header that the AWS SDK adds in Lambda. */
const code = `
export const handler = async ({ Records }) => {
  for (const { body } of Records)
    await fetch(process.env.SQS, {
      method: 'POST',
      headers: { 'x-amz-target': 'AmazonSQS.SendMessage', 'x-amzn-trace-id': process.env._X_AMZN_TRACE_ID },
      body: JSON.stringify({ QueueUrl: process.env.SQS + '/1/work', MessageBody: String(Number(body) + 1) }),
    });
};`;

const startLoop = async (allowsLoops: boolean) => {
  const queues = openQueues(openDatabase(':memory:'));
  queues.add({ name: 'dead' });
  queues.add({ name: 'work', visibilityTimeout: 30, deadLetters: { queue: 'dead', maxReceives: 2 } });
  const sqs = await startSqs(queues);
  const pool = createLambdaPool({
    plan: createFunctionPlan(code, { environment: { SQS: sqs.endpoint }, allowsLoops }),
    environment: {},
    onLine: () => {},
  });
  const failures: string[] = [];
  const poller = pollQueue({
    mapping: {
      queue: 'work',
      queueArn: 'arn:aws:sqs:us-east-1:000000000000:work',
      function: 'echo',
      batchSize: 1,
      batchingWindowSeconds: 0,
      maxConcurrency: 2,
      reportsItemFailures: false,
      isInvocation: false,
    },
    queues,
    pool,
    maxConcurrency: 2,
    retryDelaySeconds: 0.01,
    onFailure: ({ message }) => failures.push(message),
  });
  onTestFinished(async () => {
    await poller.close();
    await pool.stop();
    await sqs.close();
  });
  const readDeadLetters = () => queues.receive('dead', { max: 10, visibilityTimeout: 0 }).map(({ body }) => body);
  return { queues, failures, readDeadLetters };
};

test('a function that invokes itself by its queue is stopped at the seventeenth time', async () => {
  const { queues, failures, readDeadLetters } = await startLoop(false);
  queues.send('work', '1');
  await expect.poll(readDeadLetters).toEqual(['17']);
  expect(failures[0]).toMatch(/^Lambda stops a function that its own messages have invoked 16 times in a row\./);
});

test('a function whose template allows it goes on', async () => {
  const { queues, failures } = await startLoop(true);
  queues.send('work', '1');
  let latest = 0;
  await expect
    .poll(() => {
      const [message] = queues.receive('work', { max: 1, visibilityTimeout: 0 });
      latest = Math.max(latest, Number(message?.body ?? 0));
      return latest;
    })
    .toBeGreaterThan(40);
  expect(failures).toEqual([]);
});

test('the header counts the invocations of each function, the longest chain of a batch', () => {
  const first = formatTraceHeader(parseLineage([]), 'compose');
  const second = formatTraceHeader(parseLineage([first]), 'deliver');
  const third = formatTraceHeader(parseLineage([second, undefined, first, 'Root=1-abc-def;Sampled=1']), 'deliver');
  expect(Object.fromEntries(parseLineage([third]))).toEqual({ compose: 1, deliver: 2 });
  expect(third).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Sampled=0;Lineage=compose:1,deliver:2$/);
});
