import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../../../infra/local/base/database.ts';
import type { MappingPlan } from '../../../../infra/local/lambda/plan-mappings.ts';
import { type PollQueueProps, pollQueue } from '../../../../infra/local/lambda/poll-queue.ts';
import { openQueues } from '../../../../infra/local/sqs/queues.ts';

interface Batch {
  readonly Records: readonly { messageId: string; body: string; attributes: Record<string, string> }[];
}

const start = (
  handle: (batch: Batch) => Promise<unknown>,
  {
    mapping = {},
    now,
    ...more
  }: Partial<Omit<PollQueueProps, 'mapping'>> & { mapping?: Partial<MappingPlan>; now?: () => number } = {},
) => {
  const queues = openQueues(openDatabase(':memory:'), now);
  queues.add({ name: 'dead' });
  queues.add({ name: 'work', visibilityTimeout: 1, deadLetters: { queue: 'dead', maxReceives: 3 } });
  const failures: string[] = [];
  const batches: string[][] = [];
  const poller = pollQueue({
    mapping: {
      queue: 'work',
      queueArn: 'arn:aws:sqs:us-east-1:000000000000:work',
      function: 'echo',
      batchSize: 10,
      batchingWindowSeconds: 0,
      maxConcurrency: 2,
      reportsItemFailures: true,
      isInvocation: false,
      ...mapping,
    },
    queues,
    // The worker thread hands over an unknown, too.
    pool: {
      invoke: async (event) => {
        const batch: Batch = JSON.parse(JSON.stringify(event));
        batches.push(batch.Records.map(({ body }) => body));
        return handle(batch);
      },
    },
    maxConcurrency: 2,
    retryDelaySeconds: 0.05,
    onFailure: (error) => failures.push(error.message),
    ...more,
  });
  onTestFinished(() => poller.close());
  const left = () =>
    ['work', 'dead'].map((name) => queues.countMessages(name)).map(({ visible, inFlight }) => visible + inFlight);
  return { queues, poller, failures, batches, left };
};

test('messages are passed in batches and removed when the function succeeds', async () => {
  const { queues, batches, left } = start(async () => undefined);
  for (let at = 0; at < 25; at++) queues.send('work', `m${at}`);
  await expect.poll(left).toEqual([0, 0]);
  expect(batches.map(({ length }) => length)).toEqual([10, 10, 5]);
});

test('only the messages that the function reports as failed are retried', async () => {
  const attempts = new Map<string, number>();
  const { queues, left } = start(async ({ Records }) => {
    for (const { body } of Records) attempts.set(body, (attempts.get(body) ?? 0) + 1);
    const failed = Records.filter(
      ({ body, attributes }) => body === 'bad' && attributes.ApproximateReceiveCount === '1',
    );
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  });
  for (const body of ['good', 'bad', 'fine']) queues.send('work', body);
  await expect.poll(left).toEqual([0, 0]);
  expect(Object.fromEntries(attempts)).toEqual({ good: 1, bad: 2, fine: 1 });
});

test('a batch that fails as a whole is retried and ends in the dead letters', async () => {
  const { queues, failures, left } = start(async () => {
    throw new Error('no');
  });
  const dead: string[] = [];
  queues.onDeadLetter((queue, { body }) => dead.push(`${queue}: ${body}`));
  queues.send('work', 'a');
  await expect.poll(left).toEqual([0, 1]);
  expect([failures, dead]).toEqual([['no', 'no', 'no'], ['work: a']]);
});

test('a response with an unknown id, or a malformed one, fails the whole batch', async () => {
  const answers: unknown[] = [{ batchItemFailures: [{ itemIdentifier: 'stranger' }] }, 'nonsense', null];
  const { queues, batches, left } = start(async () => answers.shift());
  queues.send('work', 'a');
  await expect.poll(left).toEqual([0, 0]);
  expect(batches).toEqual([['a'], ['a'], ['a']]);
});

test('without item failures every response is a success', async () => {
  const { queues, batches, left } = start(
    async ({ Records }) => ({
      batchItemFailures: Records.map(({ messageId }) => ({ itemIdentifier: messageId })),
    }),
    { mapping: { reportsItemFailures: false } },
  );
  queues.send('work', 'a');
  await expect.poll(left).toEqual([0, 0]);
  expect(batches).toEqual([['a']]);
});

test('failed messages wait for the visibility timeout if that is shorter', async () => {
  const times: number[] = [];
  const { queues, left } = start(
    async () => {
      times.push(Date.now());
      if (times.length === 1) throw new Error('once');
    },
    { retryDelaySeconds: 60 },
  );
  queues.send('work', 'a');
  await expect.poll(left).toEqual([0, 0]);
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(900);
});

test('the mapping limits the concurrency', async () => {
  let [running, most] = [0, 0];
  const { queues, left } = start(
    async () => {
      most = Math.max(most, ++running);
      await sleep(20);
      running--;
    },
    { mapping: { batchSize: 1, maxConcurrency: 3 }, maxConcurrency: 10 },
  );
  for (let at = 0; at < 12; at++) queues.send('work', `m${at}`);
  await expect.poll(left).toEqual([0, 0]);
  expect(most).toBe(3);
});

test('a batch is collected within the batching window', async () => {
  const clock = { now: 1_000_000 };
  const { queues, batches, left } = start(async () => undefined, {
    mapping: { batchingWindowSeconds: 0.3, batchSize: 3 },
    now: () => clock.now,
  });
  queues.send('work', 'a');
  await sleep(50);
  queues.send('work', 'b');
  clock.now += 300;
  await expect.poll(left).toEqual([0, 0]);
  // A full batch is handed over at once: the clock stands still.
  for (const body of ['c', 'd', 'e']) queues.send('work', body);
  await expect.poll(left).toEqual([0, 0]);
  expect(batches).toEqual([
    ['a', 'b'],
    ['c', 'd', 'e'],
  ]);
});

test('closing waits for running invocations and receives no more messages', async () => {
  const work = Promise.withResolvers<void>();
  const { queues, poller, batches, left } = start(() => work.promise, {
    mapping: { batchSize: 1, maxConcurrency: 1 },
  });
  queues.send('work', 'a');
  queues.send('work', 'b');
  await expect.poll(() => batches.length).toBe(1);
  const closed = poller.close();
  work.resolve();
  await closed;
  expect([batches, left()]).toEqual([[['a']], [1, 0]]);
});
