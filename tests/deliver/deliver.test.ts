import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { expectLedgerAddsUp } from './expect-ledger-adds-up.ts';
import { type DeliverFixtureOptions, startDeliverServers } from './server-deliver-fixture.ts';

let servers: Awaited<ReturnType<typeof startDeliverServers>>;
beforeAll(async () => {
  servers = await startDeliverServers();
});
afterAll(() => servers.stop());

const open = async (options: DeliverFixtureOptions = {}) => {
  const office = await servers.createFixture(options);
  onTestFinished(office.close);
  return office;
};

const readers = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, index) => `reader-${from + index}@example.com`);

test('an issue reaches everyone once, each copy with its own links and headers', async () => {
  const office = await open({ quota: { perSecond: 100 } });
  const emails = readers(60);
  for (const email of emails) await office.addReader(email);
  await office.queueIssue('daily-3', [emails.slice(0, 50), emails.slice(50)]);
  const requests = await office.deliverAll();
  expect(await expectLedgerAddsUp(office, 'daily-3', emails)).toMatchObject({ sent: 60 });
  expect(requests.filter((name) => name === 'SendBulkEmailCommand')).toHaveLength(2);

  const [head] = office.ses.mails.list({ to: 'reader-7@example.com' });
  const mail = office.ses.mails.get(head?.id ?? '');
  const link = /href="([^"]+)">Leave/.exec(mail?.html ?? '')?.[1] ?? '';
  expect(link).toMatch(/^https:\/\/news\.example\/subscriptions\/unsubscribe\?token=[\w-]+$/);
  expect(mail?.text).toContain(`Leave: ${link}\n`);
  expect(mail?.subject).toBe('News of { {braces}}');
  expect(mail?.headers).toEqual([
    { name: 'List-Id', value: '<test-gazette.news.example>' },
    { name: 'List-Archive', value: '<https://news.example/issues>' },
    { name: 'List-Post', value: 'NO' },
    { name: 'List-Unsubscribe', value: `<${link}>` },
    { name: 'List-Unsubscribe-Post', value: 'List-Unsubscribe=One-Click' },
  ]);
  expect(mail?.tags).toEqual({
    'ses:feedback-id-a': 'daily-3',
    'ses:feedback-id-b': 'test-gazette',
    issue: 'daily-3',
    key: office.toSubscriberKey('reader-7@example.com'),
  });
});

test('who left, paused or chose another cadence since the issue was addressed gets none', async () => {
  const office = await open();
  const emails = readers(5);
  for (const email of emails) await office.addReader(email);
  await office.queueIssue('daily-1', [emails]);
  const at = office.now().toISOString();
  await office.subscribers.apply(office.toSubscriberKey('reader-1@example.com'), { kind: 'unsubscribe', at });
  await office.subscribers.apply(office.toSubscriberKey('reader-2@example.com'), {
    kind: 'changePreferences',
    cadence: 'weekly',
    paused: false,
  });
  await office.subscribers.apply(office.toSubscriberKey('reader-3@example.com'), {
    kind: 'changePreferences',
    cadence: 'daily',
    paused: true,
  });
  await office.subscribers.apply(office.toSubscriberKey('reader-4@example.com'), { kind: 'erase', at });
  await office.deliverAll();
  expect(await expectLedgerAddsUp(office, 'daily-1', emails)).toMatchObject({ sent: 1, suppressed: 4 });
});

test('calls are no larger and no faster than the account allows', async () => {
  const office = await open({ quota: { perSecond: 2 } });
  const emails = readers(12);
  for (const email of emails) await office.addReader(email);
  await office.queueIssue('daily-1', [emails.slice(0, 6), emails.slice(6)]);
  const begun = office.now().getTime();
  const requests = await office.deliverAll();
  expect(await expectLedgerAddsUp(office, 'daily-1', emails)).toMatchObject({ sent: 12 });
  expect(requests.filter((name) => name === 'SendBulkEmailCommand')).toHaveLength(6);
  expect(requests.filter((name) => name === 'GetAccountCommand')).toHaveLength(1);
  expect(office.now().getTime() - begun).toBeGreaterThanOrEqual(5000);
});

test('the ledger has an address as long as a mail may go there, and of an erased reader nothing but the key', async () => {
  const office = await open({ quota: { perSecond: 2 } });
  const emails = ['bounce-1@example.com', 'rejected@example.com', 'busy-1@example.com', ...readers(2)];
  for (const email of emails) await office.addReader(email);
  await office.queueIssue('daily-1', [emails]);
  const [message] = office.pending.splice(0, 1);
  // Time for one call, for two of them.
  if (message) await office.deliver(message, undefined, 25_500);
  const [batch] = await office.readLedger('daily-1');
  for (const { outcome, email } of batch?.recipients ?? [])
    expect(email !== undefined).toBe(outcome === 'waiting');
  expect(batch?.recipients.filter(({ email }) => email === undefined)).toHaveLength(2);

  await office.deliverAll();
  await office.recordFeedbackEvents(office.events);
  await expectLedgerAddsUp(office, 'daily-1', emails);
  const at = office.now().toISOString();
  for (const email of emails)
    await office.subscribers.apply(office.toSubscriberKey(email), { kind: 'erase', at });
  expect(JSON.stringify([...(await office.listItems())])).not.toContain('@');
  expect(
    (await office.readLedger('daily-1')).flatMap(({ recipients }) => recipients.map(({ key }) => key)),
  ).toEqual(emails.map(office.toSubscriberKey));
});

test('a quota that is used up is waited for, over days if it must be', async () => {
  const office = await open({ quota: { perSecond: 50, perDay: 30 } });
  const emails = readers(50);
  for (const email of emails) await office.addReader(email);
  await office.queueIssue('daily-1', [emails]);
  const begun = office.now().getTime();
  await office.deliverAll();
  expect(await expectLedgerAddsUp(office, 'daily-1', emails)).toMatchObject({ sent: 50 });
  const days = (office.now().getTime() - begun) / (24 * 60 * 60 * 1000);
  expect(days).toBeGreaterThan(1);
  expect(days).toBeLessThan(3);
});

test('nothing leaves in quiet hours', async () => {
  const office = await open({ settings: { newsletter: { quietHours: { from: 11, to: 14 } } } });
  const emails = readers(2);
  for (const email of emails) await office.addReader(email);
  await office.queueIssue('daily-1', [emails]);
  await office.deliverAll();
  expect(await expectLedgerAddsUp(office, 'daily-1', emails)).toMatchObject({ sent: 2 });
  expect(office.now().toISOString()).toBe('2026-11-02T14:00:00.000Z');
});

test('who is not taken for now is tried again, a few times, and holds up nobody', async () => {
  const office = await open();
  const emails = ['busy-1@example.com', ...readers(3)];
  for (const email of emails) await office.addReader(email);
  await office.queueIssue('daily-1', [emails]);
  const requests = await office.deliverAll();
  expect(await expectLedgerAddsUp(office, 'daily-1', emails)).toMatchObject({ sent: 3, failed: 1 });
  expect(requests.filter((name) => name === 'SendBulkEmailCommand')).toHaveLength(5);
  const [batch] = await office.readLedger('daily-1');
  expect(batch?.recipients[0]).toMatchObject({
    tries: 5,
    detail: expect.stringContaining('TRANSIENT_FAILURE'),
  });
  expect(await office.subscribers.get(office.toSubscriberKey('busy-1@example.com'))).toMatchObject({
    state: 'active',
  });
});

test('an address that can take no mail is failed, and its subscriber is suppressed', async () => {
  const office = await open();
  const emails = ['bad address@example.com', 'rejected@example.com', ...readers(2)];
  for (const email of emails) await office.addReader(email);
  await office.queueIssue('daily-1', [emails]);
  await office.deliverAll();
  expect(await expectLedgerAddsUp(office, 'daily-1', emails)).toMatchObject({ sent: 2, failed: 2 });
  expect(await office.subscribers.get(office.toSubscriberKey('bad address@example.com'))).toMatchObject({
    state: 'bounced',
  });
  expect(await office.subscribers.get(office.toSubscriberKey('rejected@example.com'))).toMatchObject({
    state: 'active',
  });
});

test('a letter that nobody can be sent suppresses nobody', async () => {
  const office = await open();
  const emails = ['bad 1@example.com', 'bad 2@example.com'];
  for (const email of emails) await office.addReader(email);
  await office.queueIssue('daily-1', [emails]);
  await office.deliverAll();
  expect(await expectLedgerAddsUp(office, 'daily-1', emails)).toMatchObject({ failed: 2 });
  for (const email of emails)
    expect(await office.subscribers.get(office.toSubscriberKey(email))).toMatchObject({ state: 'active' });
});

test('a pause holds everything, without wearing out a message, until it is resumed', async () => {
  const office = await open();
  const emails = readers(2);
  for (const email of emails) await office.addReader(email);
  await office.services.rateLimit.pause(office.now().toISOString(), 'too many bounces');
  await office.queueIssue('daily-1', [emails]);
  for (let hour = 0; hour < 24; hour += 1) {
    const [message] = office.pending.splice(0, 1);
    expect(message && (await office.deliver(message)).done).toBe(true);
    expect(office.pending).toHaveLength(1);
    office.advanceClock(3600);
  }
  expect(office.ses.mails.list()).toEqual([]);
  await office.services.rateLimit.resume();
  await office.deliverAll();
  expect(await expectLedgerAddsUp(office, 'daily-1', emails)).toMatchObject({ sent: 2 });
});

test('a batch under way elsewhere is waited for', async () => {
  const office = await open();
  const emails = readers(4);
  for (const email of emails) await office.addReader(email);
  await office.queueIssue('daily-1', [emails]);
  const [message] = office.pending.splice(0, 1);
  if (!message) throw new Error('nothing is queued');
  await Promise.all([office.deliver(message), office.deliver(message), office.deliver(message)]);
  await office.deliverAll();
  expect(await expectLedgerAddsUp(office, 'daily-1', emails)).toMatchObject({ sent: 4 });
});

test('a batch or letter that is missing fails its message', async () => {
  const office = await open();
  office.send({ issue: 'daily-99', batch: 1 });
  const [message] = office.pending.splice(0, 1);
  expect(message && (await office.deliver(message)).done).toBe(false);
});
