import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { recordFeedback } from '../../functions/record-feedback/record-feedback.ts';
import { invocationStorage } from './observe-request.ts';
import { type ServerDeliverFixture, startDeliverServers } from './server-deliver-fixture.ts';

let servers: Awaited<ReturnType<typeof startDeliverServers>>;
beforeAll(async () => {
  servers = await startDeliverServers();
});
afterAll(() => servers.stop());

const openFixture = async (emails: readonly string[]): Promise<ServerDeliverFixture> => {
  const office = await servers.createFixture({ quota: { perSecond: 1000 } });
  onTestFinished(office.close);
  for (const email of emails) await office.addReader(email);
  return office;
};

const readSubscriber = (office: ServerDeliverFixture, email: string) =>
  office.subscribers.get(office.toSubscriberKey(email));

const mail = { messageId: 'm-1', timestamp: '2026-11-02T12:00:00.000Z' };
const complaintAbout = (email: string, more: object = {}) => ({
  source: 'aws.ses',
  'detail-type': 'Email Complaint Received',
  detail: { mail: { ...mail, destination: [email] }, complaint: { complaintFeedbackType: 'abuse', ...more } },
});

test('a hard bounce and a complaint suppress at once, and are the numbers of the issue', async () => {
  const emails = ['bounce-1@example.com', 'complaint-1@example.com', 'ana@example.com'];
  const office = await openFixture(emails);
  await office.queueIssue('daily-1', [emails]);
  await office.deliverAll();
  await office.recordFeedbackEvents(office.events);
  expect(await readSubscriber(office, 'bounce-1@example.com')).toMatchObject({ state: 'bounced' });
  expect(await readSubscriber(office, 'complaint-1@example.com')).toMatchObject({ state: 'complained' });
  expect(await readSubscriber(office, 'ana@example.com')).toMatchObject({ state: 'active' });
  const numbers = { hardBounce: 1, softBounce: 0, complaint: 1, notSent: 0 };
  expect(await office.services.feedback.countByKind('daily-1')).toEqual(numbers);
  expect(await office.services.dayCounts.get('2026-11-02')).toMatchObject({
    sent: 3,
    bounces: 1,
    complaints: 1,
  });

  await office.queueIssue('daily-2', [emails]);
  await office.deliverAll();
  const outcomes = (await office.readLedger('daily-2')).flatMap(({ recipients }) =>
    recipients.map(({ outcome }) => outcome),
  );
  expect(outcomes).toEqual(['suppressed', 'suppressed', 'sent']);
});

test('events that come again, in any order, change nothing more', async () => {
  const emails = ['bounce-1@example.com', 'complaint-1@example.com', 'softbounce-1@example.com'];
  const office = await openFixture(emails);
  await office.queueIssue('daily-1', [emails]);
  await office.deliverAll();
  await office.recordFeedbackEvents(office.events);
  const before = await office.listItems();
  await office.recordFeedbackEvents([...office.events, ...office.events.toReversed()]);
  expect(await office.listItems()).toEqual(before);
});

test('soft bounces of five issues in a row suppress; one that comes through makes a new start', async () => {
  const emails = ['softbounce-1@example.com', 'softbounce-2@example.com'];
  const office = await openFixture(emails);
  for (let number = 1; number <= 6; number += 1) {
    await office.queueIssue(`daily-${number}`, [emails]);
    await office.deliverAll();
    // Of the second reader's copies the third came through.
    const told = office.events.splice(0);
    await office.recordFeedbackEvents(number === 3 ? told.slice(0, 1) : told);
  }
  expect(await readSubscriber(office, 'softbounce-1@example.com')).toMatchObject({ state: 'bounced' });
  expect(await readSubscriber(office, 'softbounce-2@example.com')).toMatchObject({
    state: 'active',
    softBounces: 3,
  });
});

test.each([
  ['an address that nobody knows', async () => 'nobody@example.com'],
  [
    'an erased address',
    async (office: ServerDeliverFixture) => {
      const key = await office.addReader('gone@example.com');
      await office.subscribers.apply(key, { kind: 'erase', at: mail.timestamp });
      return 'gone@example.com';
    },
  ],
])('an event for %s changes nothing', async (_, prepare) => {
  const office = await openFixture([]);
  const email = await prepare(office);
  const before = await office.listItems();
  await office.recordFeedbackEvents([complaintAbout(email)]);
  expect(await office.listItems()).toEqual(before);
});

test('a mail that was of no issue is told by its address', async () => {
  const office = await openFixture(['Ana@example.com']);
  await office.recordFeedbackEvents([complaintAbout('ana@EXAMPLE.com')]);
  expect(await readSubscriber(office, 'ana@example.com')).toMatchObject({ state: 'complained' });
});

test('what asks for nothing does nothing: an answer out of office, "not spam", a delivery', async () => {
  const office = await openFixture(['ooto@simulator.amazonses.com', 'ana@example.com']);
  await office.queueIssue('daily-1', [['ooto@simulator.amazonses.com']]);
  await office.deliverAll();
  const before = await office.listItems();
  await office.recordFeedbackEvents([
    ...office.events,
    complaintAbout('ana@example.com', { complaintFeedbackType: 'not-spam' }),
    { source: 'aws.ses', 'detail-type': 'Email Delivered', detail: {} },
  ]);
  expect(office.events).toHaveLength(1);
  expect(await office.listItems()).toEqual(before);
});

test('what SES refuses by its own list suppresses, and is not held against the account', async () => {
  const office = await openFixture(['ana@example.com']);
  await office.recordFeedbackEvents([
    complaintAbout('ana@example.com', { complaintSubType: 'OnAccountSuppressionList' }),
  ]);
  expect(await readSubscriber(office, 'ana@example.com')).toMatchObject({ state: 'complained' });
  expect(await office.services.dayCounts.get('2026-11-02')).toMatchObject({ complaints: 0 });
});

test('any request that fails fails the invocation, and the event that comes again does all that is left', async () => {
  const emails = ['bounce-1@example.com', 'softbounce-1@example.com', 'complaint-1@example.com'];
  const sent = await openFixture(emails);
  await sent.queueIssue('daily-1', [emails]);
  await sent.deliverAll();
  for (const [index, event] of sent.events.entries()) {
    for (const when of ['before', 'after'] as const) {
      for (let at = 1; ; at += 1) {
        const office = await openFixture(emails);
        const invocation = { fault: { at, when, how: 'once' as const }, requests: [] };
        // Keys differ from office to office: the event is read as one of a mail without tags.
        const told = structuredClone(event);
        const bare = JSON.parse(JSON.stringify(told, (name, value) => (name === 'tags' ? {} : value)));
        const failed = await invocationStorage
          .run(invocation, () => recordFeedback(office.services, bare))
          .then(
            () => false,
            () => true,
          );
        expect(failed).toBe(invocation.requests.length >= at);
        await office.recordFeedbackEvents([bare, bare]);
        const expected = [{ state: 'bounced' }, { state: 'active', softBounces: 1 }, { state: 'complained' }];
        expect(await readSubscriber(office, emails[index] ?? '')).toMatchObject(expected[index] ?? {});
        if (!failed) break;
      }
    }
  }
});

test('more than five in a hundred bounces pause all sending and raise the alarm, once', async () => {
  const good = Array.from({ length: 95 }, (_, index) => `reader-${index}@example.com`);
  const bad = Array.from({ length: 8 }, (_, index) => `bounce-${index}@example.com`);
  const office = await openFixture([...good, ...bad]);
  await office.queueIssue('daily-1', [
    [...good, ...bad].slice(0, 50),
    [...good, ...bad].slice(50, 100),
    bad.slice(5),
  ]);
  await office.deliverAll();
  expect(office.events).toHaveLength(8);
  await office.recordFeedbackEvents(office.events.slice(0, 5));
  expect((await office.services.rateLimit.get()).paused).toBeUndefined();
  await office.recordFeedbackEvents(office.events.slice(5, 7));
  expect((await office.services.rateLimit.get()).paused?.reason).toBe(
    '6 of 103 mails bounced (5.83 %; the limit is 5 %)',
  );
  expect(office.counts.sendingPaused).toBe(1);

  await office.queueIssue('daily-2', [good.slice(0, 2)]);
  const [message] = office.pending.splice(0, 1);
  expect(message && (await office.deliver(message)).requests).not.toContain('SendBulkEmailCommand');
  await office.services.rateLimit.resume();
  await office.recordFeedbackEvents(office.events.slice(7));
  expect((await office.services.rateLimit.get()).paused).toBeUndefined();
  await office.deliverAll();
  expect((await office.readLedger('daily-2'))[0]?.state).toBe('done');
});
