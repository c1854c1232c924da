import { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { moveDeadLetters } from '../../../../infra/cli/redrive/dead-letters.ts';
import { formatQueueMessage } from '../../../../infra/cli/redrive/format-queue-message.ts';
import { openDatabase } from '../../../../infra/local/base/database.ts';
import { openQueues } from '../../../../infra/local/sqs/queues.ts';
import { startSqs } from '../../../../infra/local/sqs/start-sqs.ts';
import { type LocalRunFixture, startLocalRunFixture } from '../../../journeys/local-run-fixture.ts';
import { runSeedpress } from '../run-seedpress.ts';

let local: LocalRunFixture;
beforeAll(async () => {
  local = await startLocalRunFixture();
});
afterEach(() => {
  for (const { deadLetters } of local.plan.queues) if (deadLetters) local.servers.queues.purge(deadLetters.queue);
});
afterAll(() => local.close());

/** A queue of work by a part of its name, with that of its dead letters. */
const findQueue = (part: string) => {
  const found = local.plan.queues.find(({ name, deadLetters }) => deadLetters && name.includes(part));
  return { name: found?.name ?? '', dead: found?.deadLetters?.queue ?? '' };
};
const addDeadLetter = (part: string, message: object | string): void =>
  void local.servers.queues.send(findQueue(part).dead, typeof message === 'string' ? message : JSON.stringify(message));
const countDeadLetters = (part: string): number => {
  const { visible, inFlight } = local.servers.queues.countMessages(findQueue(part).dead);
  return visible + inFlight;
};
const redrive = (...args: string[]) => runSeedpress(['redrive', ...args, '--data', local.data]);
const buildUploadMessage = (key: string) => ({
  source: 'aws.s3',
  'detail-type': 'Object Created',
  detail: { object: { key, sequencer: '0A' } },
});

test('without dead letters there is nothing to do', async () => {
  expect(await redrive('--yes')).toMatchObject({
    exitCode: 0,
    out: '',
    err: expect.stringContaining('No message has failed.\n'),
  });
  expect((await redrive('--yes', '--json')).out).toBe('[]\n');
});

test('a dry run tells what each message is about, and moves none', async () => {
  addDeadLetter('uploads', buildUploadMessage('notes/a b.md'));
  addDeadLetter('issues', { cadence: 'daily', time: '2026-11-26T07:00:00Z' });
  const { exitCode, out, err } = await redrive('--dry-run');
  expect({ exitCode, out }).toEqual({ exitCode: 0, out: '' });
  expect(err).toContain(`${findQueue('uploads').name}: 1 failed\n  upload of notes/a b.md\n`);
  expect(err).toContain(`${findQueue('issues').name}: 1 failed\n  daily issue of 2026-11-26T07:00:00Z\n`);
  expect(local.servers.queues.countMessages(findQueue('uploads').dead)).toEqual({ visible: 1, inFlight: 0 });
  expect(await redrive()).toMatchObject({ exitCode: 2, err: expect.stringContaining('Nothing was changed') });
  expect([countDeadLetters('uploads'), countDeadLetters('issues')]).toEqual([1, 1]);
});

test('messages of one queue are tried again, and what they told of is done', async () => {
  await local.publish('First story', 'It begins.');
  await local.subscribe('ana@reader.example');
  addDeadLetter('issues', { cadence: 'daily', time: new Date().toISOString() });
  addDeadLetter('uploads', buildUploadMessage('first-story.md'));
  const { exitCode, out, err } = await redrive('--queue', 'ISSUES', '--yes');
  expect(exitCode, err).toBe(0);
  expect(out).toBe(`${findQueue('issues').name}: 1 tried again.\n`);
  await expect.poll(() => local.listMailsTo('ana@reader.example').length).toBe(3);
  expect([countDeadLetters('issues'), countDeadLetters('uploads')]).toEqual([0, 1]);
  expect(JSON.parse((await redrive('--yes', '--json')).out)).toEqual([
    { name: findQueue('uploads').name, dead: 1, messages: ['upload of first-story.md'], moved: 1 },
  ]);
});

test('what somebody else holds at the moment is left, and said', async () => {
  addDeadLetter('feedback', 'held');
  local.servers.queues.receive(findQueue('feedback').dead, { max: 1 });
  const { exitCode, err } = await redrive('--yes');
  expect(exitCode).toBe(1);
  expect(err).toContain(
    '1 of 1 message could not be moved: somebody else is looking at them. Try again in a minute.\n',
  );
  expect(countDeadLetters('feedback')).toBe(1);
});

test('a queue that is not there is not found, and a name that fits several is wrong usage', async () => {
  expect(await redrive('--queue', 'nothing')).toMatchObject({ exitCode: 3, out: '' });
  expect(await redrive('--queue', 'queue')).toMatchObject({ exitCode: 2, out: '' });
});

test('no address of a reader is shown, and nothing of a message that is not known', () => {
  const bounce = {
    source: 'aws.ses',
    'detail-type': 'Email Bounced',
    time: '2026-11-26T07:00:00Z',
    detail: { mail: { destination: ['ana@reader.example'] } },
  };
  expect(formatQueueMessage(JSON.stringify(bounce))).toBe('Email Bounced, 2026-11-26T07:00:00Z');
  expect(formatQueueMessage('ana@reader.example')).toBe('an unknown message of 18 bytes');
  expect(formatQueueMessage('{"issue":"daily-12","batch":3}')).toBe('daily-12, batch 3');
  expect(formatQueueMessage('{"source":"seedpress.build"}')).toBe('build of the site');
});

test('ended between any two requests, it loses no message', async () => {
  for (let killedAt = 1; killedAt <= 10; killedAt += 1) {
    const database = openDatabase(':memory:');
    const queues = openQueues(database);
    for (const name of ['work', 'dead']) queues.add({ name });
    const bodies = ['one', 'two', 'three'];
    for (const body of bodies) queues.send('dead', body);
    const sqs = await startSqs(queues);
    const client = new SQSClient({
      endpoint: sqs.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      useQueueUrlAsEndpoint: false,
    });
    let requests = 0;
    client.middlewareStack.add(
      (next) => async (args) => {
        requests += 1;
        if (requests >= killedAt) throw new Error('ended');
        return next(args);
      },
      { step: 'initialize', name: 'end' },
    );
    const ways = { from: sqs.toQueueUrl('dead'), to: sqs.toQueueUrl('work'), maxMessages: 3 };
    await moveDeadLetters(client, ways, () => {}).catch(() => undefined);
    const left = (queue: string) => {
      const later = openQueues(database, () => Date.now() + 61_000);
      later.add({ name: queue });
      return later.receive(queue, { max: 10 }).map(({ body }) => body);
    };
    expect(new Set([...left('work'), ...left('dead')]), `ended at ${killedAt}`).toEqual(new Set(bodies));
    client.destroy();
    await sqs.close();
  }
});
