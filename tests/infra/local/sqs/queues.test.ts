import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase, runInTransaction } from '../../../../infra/local/base/database.ts';
import { openQueues, type QueueSettings } from '../../../../infra/local/sqs/queues.ts';

const open = (settings: Partial<QueueSettings> = {}) => {
  const clock = { now: 1_000_000 };
  const database = openDatabase(':memory:');
  const queues = openQueues(database, () => clock.now);
  queues.add({ name: 'dead' });
  queues.add({ name: 'work', visibilityTimeout: 10, ...settings });
  return { queues, clock, database };
};
const bodies = (messages: readonly { body: string }[]) => messages.map(({ body }) => body);

test('a received message is hidden for the visibility timeout and then received again', () => {
  const { queues, clock } = open();
  queues.send('work', 'one');
  expect(bodies(queues.receive('work', { max: 10 }))).toEqual(['one']);
  expect(queues.receive('work', { max: 10 })).toEqual([]);
  expect(queues.countMessages('work')).toEqual({ visible: 0, inFlight: 1 });
  clock.now += 10_000;
  expect(queues.receive('work', { max: 10 })).toMatchObject([{ body: 'one', receives: 2 }]);
});

test('an outdated receipt removes nothing', () => {
  const { queues, clock } = open();
  queues.send('work', 'one');
  const [first] = queues.receive('work', { max: 1 });
  clock.now += 10_000;
  const [second] = queues.receive('work', { max: 1 });
  queues.remove('work', first?.receipt ?? '');
  expect(queues.countMessages('work').inFlight).toBe(1);
  queues.remove('work', second?.receipt ?? '');
  expect(queues.countMessages('work').inFlight).toBe(0);
});

test('a message that failed too often moves to the dead letters, and listeners are notified', () => {
  const { queues, clock } = open({ deadLetters: { queue: 'dead', maxReceives: 3 } });
  const told: string[] = [];
  queues.onDeadLetter((queue, { body, receives }) => told.push(`${queue}: ${body} after ${receives}`));
  queues.send('work', 'bad');
  for (let attempt = 1; attempt <= 3; attempt++) {
    expect(bodies(queues.receive('work', { max: 1 }))).toEqual(['bad']);
    clock.now += 10_000;
  }
  expect(queues.receive('work', { max: 1 })).toEqual([]);
  expect(bodies(queues.receive('dead', { max: 1 }))).toEqual(['bad']);
  expect(told).toEqual(['work: bad after 3']);
});

test('a delayed message and a rescheduled one are due at the requested times', () => {
  const { queues, clock } = open();
  queues.send('work', 'later', { delay: 5 });
  expect(queues.receive('work', { max: 1 })).toEqual([]);
  expect(queues.findNextDueTime('work')).toBe(clock.now + 5000);
  clock.now += 5000;
  const [message] = queues.receive('work', { max: 1 });
  queues.changeVisibility('work', message?.receipt ?? '', 1);
  clock.now += 1000;
  expect(bodies(queues.receive('work', { max: 1 }))).toEqual(['later']);
});

test('a message is committed or rolled back with its transaction', () => {
  const { queues, database } = open();
  const fail = () =>
    runInTransaction(database, () => {
      queues.send('work', 'lost');
      throw new Error('rolled back');
    });
  expect(fail).toThrow('rolled back');
  expect(queues.countMessages('work').visible).toBe(0);
});

test('messages survive a restart, and those in flight are due at once', () => {
  const folder = mkdtempSync(join(tmpdir(), 'seedpress-queues-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'local.sqlite');
  const before = openQueues(openDatabase(file));
  before.add({ name: 'work', visibilityTimeout: 600 });
  before.send('work', 'held');
  before.send('work', 'waiting');
  before.receive('work', { max: 1 });

  const after = openQueues(openDatabase(file));
  after.add({ name: 'work' });
  expect(after.releasedAtStart).toBe(1);
  expect(bodies(after.receive('work', { max: 10 })).sort()).toEqual(['held', 'waiting']);
});
