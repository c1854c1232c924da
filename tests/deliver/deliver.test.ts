import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { expectLedgerAddsUp } from './expect-ledger-adds-up.ts';
import { type DeliverFixtureOptions, startDeliverServers } from './server-deliver-fixture.ts';

let servers: Awaited<ReturnType<typeof startDeliverServers>>;
beforeAll(async () => {
  servers = await startDeliverServers();
});
afterAll(() => servers.stop());

const open = async (options: DeliverFixtureOptions = {}) => {
  const fixture = await servers.createFixture(options);
  onTestFinished(fixture.close);
  return fixture;
};

const readers = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, index) => `reader-${from + index}@example.com`);

test('every recipient gets the issue once, with their own links and headers', async () => {
  const fixture = await open({ quota: { perSecond: 100 } });
  const emails = readers(60);
  for (const email of emails) await fixture.addReader(email);
  await fixture.queueIssue('daily-3', [emails.slice(0, 50), emails.slice(50)]);
  const requests = await fixture.deliverAll();
  expect(await expectLedgerAddsUp(fixture, 'daily-3', emails)).toMatchObject({ sent: 60 });
  expect(requests.filter((name) => name === 'SendBulkEmailCommand')).toHaveLength(2);

  const [head] = fixture.ses.mails.list({ to: 'reader-7@example.com' });
  const mail = fixture.ses.mails.get(head?.id ?? '');
  const link = /href="([^"]+)">Leave/.exec(mail?.html ?? '')?.[1] ?? '';
  expect(link).toMatch(/^https:\/\/news\.example\/subscriptions\/unsubscribe\?token=[\w-]+$/);
  expect(mail?.text).toContain(`Leave: ${link}\n`);
  expect(mail?.subject).toBe('News of {{braces}}');
  expect(mail?.headers).toEqual([
    { name: 'List-Id', value: '<test-gazette.news.example>' },
    { name: 'List-Archive', value: '<https://news.example/issues>' },
    { name: 'List-Post', value: 'NO' },
    { name: 'List-Help', value: '<https://news.example/subscribe>' },
    { name: 'List-Owner', value: '<mailto:editor@test.example>' },
    { name: 'List-Unsubscribe', value: `<${link}>` },
    { name: 'List-Unsubscribe-Post', value: 'List-Unsubscribe=One-Click' },
  ]);
  expect(mail?.tags).toEqual({
    'ses:feedback-id-a': 'daily-3',
    'ses:feedback-id-b': 'test-gazette',
    issue: 'daily-3',
    key: fixture.toSubscriberKey('reader-7@example.com'),
  });
});

test('readers who unsubscribed, paused or chose another cadence since the issue was addressed get none', async () => {
  const fixture = await open();
  const emails = readers(5);
  for (const email of emails) await fixture.addReader(email);
  await fixture.queueIssue('daily-1', [emails]);
  const at = fixture.now().toISOString();
  await fixture.subscribers.apply(fixture.toSubscriberKey('reader-1@example.com'), {
    kind: 'unsubscribe',
    at,
  });
  await fixture.subscribers.apply(fixture.toSubscriberKey('reader-2@example.com'), {
    kind: 'changePreferences',
    cadence: 'weekly',
    paused: false,
  });
  await fixture.subscribers.apply(fixture.toSubscriberKey('reader-3@example.com'), {
    kind: 'changePreferences',
    cadence: 'daily',
    paused: true,
  });
  await fixture.subscribers.apply(fixture.toSubscriberKey('reader-4@example.com'), { kind: 'erase', at });
  await fixture.deliverAll();
  expect(await expectLedgerAddsUp(fixture, 'daily-1', emails)).toMatchObject({ sent: 1, suppressed: 4 });
});

test('calls are no larger and no faster than the account allows', async () => {
  const fixture = await open({ quota: { perSecond: 2 } });
  const emails = readers(12);
  for (const email of emails) await fixture.addReader(email);
  await fixture.queueIssue('daily-1', [emails.slice(0, 6), emails.slice(6)]);
  const begun = fixture.now().getTime();
  const requests = await fixture.deliverAll();
  expect(await expectLedgerAddsUp(fixture, 'daily-1', emails)).toMatchObject({ sent: 12 });
  expect(requests.filter((name) => name === 'SendBulkEmailCommand')).toHaveLength(6);
  expect(requests.filter((name) => name === 'GetAccountCommand')).toHaveLength(1);
  expect(fixture.now().getTime() - begun).toBeGreaterThanOrEqual(5000);
});

test('the ledger keeps an address while a mail may still be sent, and only the key of an erased reader', async () => {
  const fixture = await open({ quota: { perSecond: 2 } });
  const emails = ['bounce-1@example.com', 'rejected@example.com', 'busy-1@example.com', ...readers(2)];
  for (const email of emails) await fixture.addReader(email);
  await fixture.queueIssue('daily-1', [emails]);
  const [message] = fixture.pending.splice(0, 1);
  // Time for one call, for two of them.
  if (message) await fixture.deliver(message, undefined, 25_500);
  const [batch] = await fixture.readLedger('daily-1');
  for (const { outcome, email } of batch?.recipients ?? []) expect(email !== undefined).toBe(outcome === 'waiting');
  expect(batch?.recipients.filter(({ email }) => email === undefined)).toHaveLength(2);

  await fixture.deliverAll();
  await fixture.recordFeedbackEvents(fixture.events);
  await expectLedgerAddsUp(fixture, 'daily-1', emails);
  const at = fixture.now().toISOString();
  for (const email of emails) await fixture.subscribers.apply(fixture.toSubscriberKey(email), { kind: 'erase', at });
  expect(JSON.stringify([...(await fixture.listItems())])).not.toContain('@');
  expect((await fixture.readLedger('daily-1')).flatMap(({ recipients }) => recipients.map(({ key }) => key))).toEqual(
    emails.map(fixture.toSubscriberKey),
  );
});

test('delivery waits for an exhausted quota, over days if necessary', async () => {
  const fixture = await open({ quota: { perSecond: 50, perDay: 30 } });
  const emails = readers(50);
  for (const email of emails) await fixture.addReader(email);
  await fixture.queueIssue('daily-1', [emails]);
  const begun = fixture.now().getTime();
  await fixture.deliverAll();
  expect(await expectLedgerAddsUp(fixture, 'daily-1', emails)).toMatchObject({ sent: 50 });
  const days = (fixture.now().getTime() - begun) / (24 * 60 * 60 * 1000);
  expect(days).toBeGreaterThan(1);
  expect(days).toBeLessThan(3);
});

test('nothing is sent in quiet hours', async () => {
  const fixture = await open({ settings: { newsletter: { quietHours: { from: 11, to: 14 } } } });
  const emails = readers(2);
  for (const email of emails) await fixture.addReader(email);
  await fixture.queueIssue('daily-1', [emails]);
  await fixture.deliverAll();
  expect(await expectLedgerAddsUp(fixture, 'daily-1', emails)).toMatchObject({ sent: 2 });
  expect(fixture.now().toISOString()).toBe('2026-11-02T14:00:00.000Z');
});

test('a recipient whom the mailer defers is tried again a few times and delays no other', async () => {
  const fixture = await open();
  const emails = ['busy-1@example.com', ...readers(3)];
  for (const email of emails) await fixture.addReader(email);
  await fixture.queueIssue('daily-1', [emails]);
  const requests = await fixture.deliverAll();
  expect(await expectLedgerAddsUp(fixture, 'daily-1', emails)).toMatchObject({ sent: 3, failed: 1 });
  expect(requests.filter((name) => name === 'SendBulkEmailCommand')).toHaveLength(5);
  const [batch] = await fixture.readLedger('daily-1');
  expect(batch?.recipients[0]).toMatchObject({
    tries: 5,
    detail: expect.stringContaining('TRANSIENT_FAILURE'),
  });
  expect(await fixture.subscribers.get(fixture.toSubscriberKey('busy-1@example.com'))).toMatchObject({
    state: 'active',
  });
});

test('an address that does not exist fails, and its subscriber is suppressed', async () => {
  const fixture = await open();
  const emails = ['bad address@example.com', 'rejected@example.com', ...readers(2)];
  for (const email of emails) await fixture.addReader(email);
  await fixture.queueIssue('daily-1', [emails]);
  await fixture.deliverAll();
  expect(await expectLedgerAddsUp(fixture, 'daily-1', emails)).toMatchObject({ sent: 2, failed: 2 });
  expect(await fixture.subscribers.get(fixture.toSubscriberKey('bad address@example.com'))).toMatchObject({
    state: 'bounced',
  });
  expect(await fixture.subscribers.get(fixture.toSubscriberKey('rejected@example.com'))).toMatchObject({
    state: 'active',
  });
});

test('an issue email that SES refuses suppresses no subscriber', async () => {
  const fixture = await open();
  const emails = ['bad 1@example.com', 'bad 2@example.com'];
  for (const email of emails) await fixture.addReader(email);
  await fixture.queueIssue('daily-1', [emails]);
  await fixture.deliverAll();
  expect(await expectLedgerAddsUp(fixture, 'daily-1', emails)).toMatchObject({ failed: 2 });
  for (const email of emails)
    expect(await fixture.subscribers.get(fixture.toSubscriberKey(email))).toMatchObject({ state: 'active' });
});

test('a pause holds all messages until sending is resumed, and none goes to the dead letters', async () => {
  const fixture = await open();
  const emails = readers(2);
  for (const email of emails) await fixture.addReader(email);
  await fixture.services.rateLimit.pause(fixture.now().toISOString(), 'too many bounces');
  await fixture.queueIssue('daily-1', [emails]);
  for (let hour = 0; hour < 24; hour += 1) {
    const [message] = fixture.pending.splice(0, 1);
    expect(message && (await fixture.deliver(message)).done).toBe(true);
    expect(fixture.pending).toHaveLength(1);
    fixture.advanceClock(3600);
  }
  expect(fixture.ses.mails.list()).toEqual([]);
  await fixture.services.rateLimit.resume();
  await fixture.deliverAll();
  expect(await expectLedgerAddsUp(fixture, 'daily-1', emails)).toMatchObject({ sent: 2 });
});

test('a batch that another invocation delivers is waited for', async () => {
  const fixture = await open();
  const emails = readers(4);
  for (const email of emails) await fixture.addReader(email);
  await fixture.queueIssue('daily-1', [emails]);
  const [message] = fixture.pending.splice(0, 1);
  if (!message) throw new Error('nothing is queued');
  await Promise.all([fixture.deliver(message), fixture.deliver(message), fixture.deliver(message)]);
  await fixture.deliverAll();
  expect(await expectLedgerAddsUp(fixture, 'daily-1', emails)).toMatchObject({ sent: 4 });
});

test('a missing batch or issue email fails its message', async () => {
  const fixture = await open();
  fixture.send({ issue: 'daily-99', batch: 1 });
  const [message] = fixture.pending.splice(0, 1);
  expect(message && (await fixture.deliver(message)).done).toBe(false);
});
