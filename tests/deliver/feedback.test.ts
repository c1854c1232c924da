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
  const fixture = await servers.createFixture({ quota: { perSecond: 1000 } });
  onTestFinished(fixture.close);
  for (const email of emails) await fixture.addReader(email);
  return fixture;
};

const readSubscriber = (fixture: ServerDeliverFixture, email: string) =>
  fixture.subscribers.get(fixture.toSubscriberKey(email));

const mail = { messageId: 'm-1', timestamp: '2026-11-02T12:00:00.000Z' };
const complaintAbout = (email: string, more: object = {}) => ({
  source: 'aws.ses',
  'detail-type': 'Email Complaint Received',
  detail: { mail: { ...mail, destination: [email] }, complaint: { complaintFeedbackType: 'abuse', ...more } },
});

test('a hard bounce and a complaint suppress at once, and are the numbers of the issue', async () => {
  const emails = ['bounce-1@example.com', 'complaint-1@example.com', 'ana@example.com'];
  const fixture = await openFixture(emails);
  await fixture.queueIssue('daily-1', [emails]);
  await fixture.deliverAll();
  await fixture.recordFeedbackEvents(fixture.events);
  expect(await readSubscriber(fixture, 'bounce-1@example.com')).toMatchObject({ state: 'bounced' });
  expect(await readSubscriber(fixture, 'complaint-1@example.com')).toMatchObject({ state: 'complained' });
  expect(await readSubscriber(fixture, 'ana@example.com')).toMatchObject({ state: 'active' });
  const numbers = { hardBounce: 1, softBounce: 0, complaint: 1, notSent: 0 };
  expect(await fixture.services.feedback.countByKind('daily-1')).toEqual(numbers);
  expect(await fixture.services.dayCounts.get('2026-11-02')).toMatchObject({
    sent: 3,
    bounces: 1,
    complaints: 1,
  });

  await fixture.queueIssue('daily-2', [emails]);
  await fixture.deliverAll();
  const outcomes = (await fixture.readLedger('daily-2')).flatMap(({ recipients }) =>
    recipients.map(({ outcome }) => outcome),
  );
  expect(outcomes).toEqual(['suppressed', 'suppressed', 'sent']);
});

test('repeated events, in any order, change nothing', async () => {
  const emails = ['bounce-1@example.com', 'complaint-1@example.com', 'softbounce-1@example.com'];
  const fixture = await openFixture(emails);
  await fixture.queueIssue('daily-1', [emails]);
  await fixture.deliverAll();
  await fixture.recordFeedbackEvents(fixture.events);
  const before = await fixture.listItems();
  await fixture.recordFeedbackEvents([...fixture.events, ...fixture.events.toReversed()]);
  expect(await fixture.listItems()).toEqual(before);
});

test('soft bounces of five issues in a row suppress; a delivery in between resets the count', async () => {
  const emails = ['softbounce-1@example.com', 'softbounce-2@example.com'];
  const fixture = await openFixture(emails);
  for (let number = 1; number <= 6; number += 1) {
    await fixture.queueIssue(`daily-${number}`, [emails]);
    await fixture.deliverAll();
    // Of the second reader's messages the third came through.
    const events = fixture.events.splice(0);
    await fixture.recordFeedbackEvents(number === 3 ? events.slice(0, 1) : events);
  }
  expect(await readSubscriber(fixture, 'softbounce-1@example.com')).toMatchObject({ state: 'bounced' });
  expect(await readSubscriber(fixture, 'softbounce-2@example.com')).toMatchObject({
    state: 'active',
    softBounces: 3,
  });
});

test.each([
  ['an address that nobody knows', async () => 'nobody@example.com'],
  [
    'an erased address',
    async (fixture: ServerDeliverFixture) => {
      const key = await fixture.addReader('gone@example.com');
      await fixture.subscribers.apply(key, { kind: 'erase', at: mail.timestamp });
      return 'gone@example.com';
    },
  ],
])('an event for %s changes nothing', async (_, prepare) => {
  const fixture = await openFixture([]);
  const email = await prepare(fixture);
  const before = await fixture.listItems();
  await fixture.recordFeedbackEvents([complaintAbout(email)]);
  expect(await fixture.listItems()).toEqual(before);
});

test('feedback on a mail outside an issue is matched by address', async () => {
  const fixture = await openFixture(['Ana@example.com']);
  await fixture.recordFeedbackEvents([complaintAbout('ana@EXAMPLE.com')]);
  expect(await readSubscriber(fixture, 'ana@example.com')).toMatchObject({ state: 'complained' });
});

test('events that need no action change nothing: an out-of-office reply, "not spam", a delivery', async () => {
  const fixture = await openFixture(['ooto@simulator.amazonses.com', 'ana@example.com']);
  await fixture.queueIssue('daily-1', [['ooto@simulator.amazonses.com']]);
  await fixture.deliverAll();
  const before = await fixture.listItems();
  await fixture.recordFeedbackEvents([
    ...fixture.events,
    complaintAbout('ana@example.com', { complaintFeedbackType: 'not-spam' }),
    { source: 'aws.ses', 'detail-type': 'Email Delivered', detail: {} },
  ]);
  expect(fixture.events).toHaveLength(1);
  expect(await fixture.listItems()).toEqual(before);
});

test('an address on SES’s own suppression list is suppressed and does not count against the account', async () => {
  const fixture = await openFixture(['ana@example.com']);
  await fixture.recordFeedbackEvents([
    complaintAbout('ana@example.com', { complaintSubType: 'OnAccountSuppressionList' }),
  ]);
  expect(await readSubscriber(fixture, 'ana@example.com')).toMatchObject({ state: 'complained' });
  expect(await fixture.services.dayCounts.get('2026-11-02')).toMatchObject({ complaints: 0 });
});

test('a failed request fails the invocation, and the repeated event does the rest', async () => {
  const emails = ['bounce-1@example.com', 'softbounce-1@example.com', 'complaint-1@example.com'];
  const sent = await openFixture(emails);
  await sent.queueIssue('daily-1', [emails]);
  await sent.deliverAll();
  for (const [index, event] of sent.events.entries()) {
    for (const when of ['before', 'after'] as const) {
      for (let at = 1; ; at += 1) {
        const fixture = await openFixture(emails);
        const invocation = { fault: { at, when, how: 'once' as const }, requests: [] };
        // Keys differ from fixture to fixture: the event is read as one of a mail without tags.
        const bare = JSON.parse(JSON.stringify(event, (name, value) => (name === 'tags' ? {} : value)));
        const failed = await invocationStorage
          .run(invocation, () => recordFeedback(fixture.services, bare))
          .then(
            () => false,
            () => true,
          );
        expect(failed).toBe(invocation.requests.length >= at);
        await fixture.recordFeedbackEvents([bare, bare]);
        const expected = [{ state: 'bounced' }, { state: 'active', softBounces: 1 }, { state: 'complained' }];
        expect(await readSubscriber(fixture, emails[index] ?? '')).toMatchObject(expected[index] ?? {});
        if (!failed) break;
      }
    }
  }
});

test('more than five in a hundred bounces pause all sending and raise the alarm, once', async () => {
  const good = Array.from({ length: 95 }, (_, index) => `reader-${index}@example.com`);
  const bad = Array.from({ length: 8 }, (_, index) => `bounce-${index}@example.com`);
  const fixture = await openFixture([...good, ...bad]);
  await fixture.queueIssue('daily-1', [[...good, ...bad].slice(0, 50), [...good, ...bad].slice(50, 100), bad.slice(5)]);
  await fixture.deliverAll();
  expect(fixture.events).toHaveLength(8);
  await fixture.recordFeedbackEvents(fixture.events.slice(0, 5));
  expect((await fixture.services.rateLimit.get()).paused).toBeUndefined();
  await fixture.recordFeedbackEvents(fixture.events.slice(5, 7));
  expect((await fixture.services.rateLimit.get()).paused?.reason).toBe(
    '6 of 103 mails bounced (5.83 %; the limit is 5 %)',
  );
  expect(fixture.counts.sendingPaused).toBe(1);

  await fixture.queueIssue('daily-2', [good.slice(0, 2)]);
  const [message] = fixture.pending.splice(0, 1);
  expect(message && (await fixture.deliver(message)).requests).not.toContain('SendBulkEmailCommand');
  await fixture.services.rateLimit.resume();
  await fixture.recordFeedbackEvents(fixture.events.slice(7));
  expect((await fixture.services.rateLimit.get()).paused).toBeUndefined();
  await fixture.deliverAll();
  expect((await fixture.readLedger('daily-2'))[0]?.state).toBe('done');
});
