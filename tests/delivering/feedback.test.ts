import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { recordFeedback } from '../../functions/delivering/record-feedback.ts';
import { invocations } from './faults.ts';
import { type PostOffice, startTown } from './post-office.ts';

let town: Awaited<ReturnType<typeof startTown>>;
beforeAll(async () => {
  town = await startTown();
});
afterAll(() => town.stop());

const open = async (emails: readonly string[]): Promise<PostOffice> => {
  const office = await town.open({ quota: { perSecond: 1000 } });
  onTestFinished(office.close);
  for (const email of emails) await office.addReader(email);
  return office;
};

const subscriber = (office: PostOffice, email: string) => office.subscribers.get(office.keyOf(email));

const mail = { messageId: 'm-1', timestamp: '2026-11-02T12:00:00.000Z' };
const complaintAbout = (email: string, more: object = {}) => ({
  source: 'aws.ses',
  'detail-type': 'Email Complaint Received',
  detail: { mail: { ...mail, destination: [email] }, complaint: { complaintFeedbackType: 'abuse', ...more } },
});

test('a hard bounce and a complaint suppress at once, and are the numbers of the issue', async () => {
  const emails = ['bounce-1@example.com', 'complaint-1@example.com', 'ana@example.com'];
  const office = await open(emails);
  await office.issue('daily-1', [emails]);
  await office.settle();
  await office.feed(office.events);
  expect(await subscriber(office, 'bounce-1@example.com')).toMatchObject({ state: 'bounced' });
  expect(await subscriber(office, 'complaint-1@example.com')).toMatchObject({ state: 'complained' });
  expect(await subscriber(office, 'ana@example.com')).toMatchObject({ state: 'active' });
  const numbers = { hardBounce: 1, softBounce: 0, complaint: 1, lost: 0 };
  expect(await office.services.feedback.numbers('daily-1')).toEqual(numbers);
  expect(await office.services.pace.day('2026-11-02')).toMatchObject({ sent: 3, bounces: 1, complaints: 1 });

  await office.issue('daily-2', [emails]);
  await office.settle();
  const outcomes = (await office.ledger('daily-2')).flatMap(({ recipients }) =>
    recipients.map(({ outcome }) => outcome),
  );
  expect(outcomes).toEqual(['suppressed', 'suppressed', 'sent']);
});

test('events that come again, in any order, change nothing more', async () => {
  const emails = ['bounce-1@example.com', 'complaint-1@example.com', 'softbounce-1@example.com'];
  const office = await open(emails);
  await office.issue('daily-1', [emails]);
  await office.settle();
  await office.feed(office.events);
  const before = await office.items();
  await office.feed([...office.events, ...office.events.toReversed()]);
  expect(await office.items()).toEqual(before);
});

test('soft bounces of five issues in a row suppress; one that comes through makes a new start', async () => {
  const emails = ['softbounce-1@example.com', 'softbounce-2@example.com'];
  const office = await open(emails);
  for (let number = 1; number <= 6; number += 1) {
    await office.issue(`daily-${number}`, [emails]);
    await office.settle();
    // Of the second reader's copies the third came through.
    const told = office.events.splice(0);
    await office.feed(number === 3 ? told.slice(0, 1) : told);
  }
  expect(await subscriber(office, 'softbounce-1@example.com')).toMatchObject({ state: 'bounced' });
  expect(await subscriber(office, 'softbounce-2@example.com')).toMatchObject({
    state: 'active',
    softBounces: 3,
  });
});

test.each([
  ['an address that nobody knows', async () => 'nobody@example.com'],
  [
    'an erased address',
    async (office: PostOffice) => {
      const key = await office.addReader('gone@example.com');
      await office.subscribers.apply(key, { kind: 'erase', at: mail.timestamp });
      return 'gone@example.com';
    },
  ],
])('an event for %s changes nothing', async (_, prepare) => {
  const office = await open([]);
  const email = await prepare(office);
  const before = await office.items();
  await office.feed([complaintAbout(email)]);
  expect(await office.items()).toEqual(before);
});

test('a mail that was of no issue is told by its address', async () => {
  const office = await open(['Ana@example.com']);
  await office.feed([complaintAbout('ana@EXAMPLE.com')]);
  expect(await subscriber(office, 'ana@example.com')).toMatchObject({ state: 'complained' });
});

test('what asks for nothing does nothing: an answer out of office, "not spam", a delivery', async () => {
  const office = await open(['ooto@simulator.amazonses.com', 'ana@example.com']);
  await office.issue('daily-1', [['ooto@simulator.amazonses.com']]);
  await office.settle();
  const before = await office.items();
  await office.feed([
    ...office.events,
    complaintAbout('ana@example.com', { complaintFeedbackType: 'not-spam' }),
    { source: 'aws.ses', 'detail-type': 'Email Delivered', detail: {} },
  ]);
  expect(office.events).toHaveLength(1);
  expect(await office.items()).toEqual(before);
});

test('what SES refuses by its own list suppresses, and is not held against the account', async () => {
  const office = await open(['ana@example.com']);
  await office.feed([complaintAbout('ana@example.com', { complaintSubType: 'OnAccountSuppressionList' })]);
  expect(await subscriber(office, 'ana@example.com')).toMatchObject({ state: 'complained' });
  expect(await office.services.pace.day('2026-11-02')).toMatchObject({ complaints: 0 });
});

test('any request that fails fails the invocation, and the event that comes again does all that is left', async () => {
  const emails = ['bounce-1@example.com', 'softbounce-1@example.com', 'complaint-1@example.com'];
  const sent = await open(emails);
  await sent.issue('daily-1', [emails]);
  await sent.settle();
  for (const [index, event] of sent.events.entries()) {
    for (const when of ['before', 'after'] as const) {
      for (let at = 1; ; at += 1) {
        const office = await open(emails);
        const invocation = { fault: { at, when, how: 'once' as const }, requests: [] };
        // Keys differ from office to office: the event is read as one of a mail without tags.
        const told = structuredClone(event);
        const bare = JSON.parse(JSON.stringify(told, (name, value) => (name === 'tags' ? {} : value)));
        const failed = await invocations
          .run(invocation, () => recordFeedback(office.services, bare))
          .then(
            () => false,
            () => true,
          );
        expect(failed).toBe(invocation.requests.length >= at);
        await office.feed([bare, bare]);
        const expected = [{ state: 'bounced' }, { state: 'active', softBounces: 1 }, { state: 'complained' }];
        expect(await subscriber(office, emails[index] ?? '')).toMatchObject(expected[index] ?? {});
        if (!failed) break;
      }
    }
  }
}, 60_000);

test('more than five in a hundred bounces pause all sending and raise the alarm, once', async () => {
  const good = Array.from({ length: 95 }, (_, index) => `reader-${index}@example.com`);
  const bad = Array.from({ length: 8 }, (_, index) => `bounce-${index}@example.com`);
  const office = await open([...good, ...bad]);
  await office.issue('daily-1', [
    [...good, ...bad].slice(0, 50),
    [...good, ...bad].slice(50, 100),
    bad.slice(5),
  ]);
  await office.settle();
  expect(office.events).toHaveLength(8);
  await office.feed(office.events.slice(0, 5));
  expect((await office.services.pace.get()).paused).toBeUndefined();
  await office.feed(office.events.slice(5, 7));
  expect((await office.services.pace.get()).paused?.reason).toBe(
    '6 of 103 mails bounced (5.83 %; the limit is 5 %)',
  );
  expect(office.counts.sendingPaused).toBe(1);

  await office.issue('daily-2', [good.slice(0, 2)]);
  const [message] = office.pending.splice(0, 1);
  expect(message && (await office.deliver(message)).requests).not.toContain('SendBulkEmailCommand');
  await office.services.pace.resume();
  await office.feed(office.events.slice(7));
  expect((await office.services.pace.get()).paused).toBeUndefined();
  await office.settle();
  expect((await office.ledger('daily-2'))[0]?.state).toBe('done');
});
