import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toSubscriberKey } from '../../functions/adapters/table/subscribers.ts';
import type { Subscriber } from '../../functions/core/newsletter/subscriber/subscriber-record.ts';
import { queryPage } from '../core/site/query-page.ts';
import { type SubscriptionsFixture, startSubscriptionsFixture } from './subscriptions-fixture.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const old = 'ana@harbour.example';
const next = 'ana@quay.example';
let clock = 0;
let fixture: SubscriptionsFixture;
let failAt: string | undefined;
beforeEach(async () => {
  clock = Date.parse('2026-11-23T07:00:00.000Z');
  failAt = undefined;
  fixture = await startSubscriptionsFixture({
    now: () => new Date(clock),
    refuse: (email) => (email === failAt ? { outcome: 'failed', detail: 'no such mailbox' } : undefined),
  });
});
afterEach(() => fixture.stop());

const readToken = (link: string): string => new URL(link, fixture.origin).searchParams.get('token') ?? '';
const find = async (email: string): Promise<Subscriber | undefined> =>
  fixture.services.subscribers.get(toSubscriberKey(email, await fixture.services.tokenKeys.getOrCreate()));
const readPage = async (answered: Promise<Response>) => {
  const response = await answered;
  return { status: response.status, page: queryPage(await response.text()) };
};
const readHeading = async (answered: Promise<Response>) => {
  const { status, page } = await readPage(answered);
  return [status, page.text('h1')];
};

const subscribe = async (email: string, cadence = 'weekly') => {
  await fixture.signUp(email, { cadence });
  await fixture.post('/subscriptions/confirm', { token: readToken(fixture.findLatestLink('confirm')) });
  clock += minute;
  return {
    preferences: readToken(fixture.findLatestLink('preferences')),
    unsubscribe: readToken(fixture.findLatestLink('unsubscribe')),
  };
};
const request = (token: string, email: string): Promise<Response> =>
  fixture.post('/subscriptions/address', { token, email });
const confirm = (link = fixture.findLatestLink('address')): Promise<Response> =>
  fixture.post('/subscriptions/address', { token: readToken(link) });
const leave = async (email: string, kind: 'unsubscribe' | 'hardBounce' | 'complain' | 'erase') => {
  await subscribe(email);
  await fixture.services.subscribers.apply(toSubscriberKey(email, await fixture.services.tokenKeys.getOrCreate()), {
    kind,
    at: new Date(clock).toISOString(),
  });
  clock += minute;
};

test('a reader asks for it in the preferences, confirms at the new address, and the old one is told', async () => {
  const { preferences } = await subscribe(old);
  await fixture.post('/subscriptions/preferences', { token: preferences, choice: 'pause' });
  const before = await find(old);
  const { page } = await readPage(fixture.get(`/subscriptions/preferences?token=${preferences}`));
  expect(page.attribute('form[action$=address]', 'method')).toBe('post');
  expect(await readHeading(request(preferences, ' Ana@Quay.example '))).toEqual([200, 'Check your new inbox']);
  expect(fixture.mails.at(-1)).toMatchObject({
    to: 'Ana@quay.example',
    subject: 'Confirm your new address for Test Gazette',
  });
  expect([await find(old), await find(next)]).toEqual([before, undefined]);

  clock += minute;
  const link = fixture.findLatestLink('address');
  const shown = await readPage(fixture.get(link));
  expect([shown.status, shown.page.text('h1')]).toEqual([200, 'Confirm your new address']);
  expect(shown.page.text('main')).toContain('Weekly digest will go to Ana@quay.example');
  expect(shown.page.text('main')).not.toContain(old);
  expect(await find(old)).toEqual(before);

  const mailed = fixture.mails.length;
  const done = await readPage(confirm(link));
  expect([done.status, done.page.text('h1')]).toEqual([200, 'Your address is changed']);
  const since = new Date(clock).toISOString();
  expect(await find(next)).toEqual({ ...before, key: expect.any(String), email: 'Ana@quay.example', since });
  const { key } = (await find(next)) ?? {};
  expect(await find(old)).toEqual({ state: 'unsubscribed', key: before?.key, since, movedTo: key });
  expect(fixture.mails.slice(mailed).map(({ to, subject }) => [to, subject])).toEqual([
    [old, 'Your address at Test Gazette has changed'],
  ]);
  expect(JSON.stringify(fixture.mails.at(-1))).not.toMatch(/quay/i);
  expect(JSON.stringify([...(await fixture.listItems()).values()])).not.toContain(old);

  const own = done.page.attribute('main a[href*=preferences]', 'href') ?? '';
  expect((await readPage(fixture.get(own))).page.text('.standfirst')).toBe('Ana@quay.example');
  expect(await readHeading(fixture.get(`/subscriptions/preferences?token=${preferences}`))).toEqual([
    200,
    'You are not subscribed',
  ]);
});

test('pressed twice it has the same result, and one mail', async () => {
  const { preferences } = await subscribe(old);
  await request(preferences, next);
  const link = fixture.findLatestLink('address');
  await confirm(link);
  const mailed = fixture.mails.length;
  expect(await readHeading(confirm(link))).toEqual([200, 'Your address is changed']);
  expect(await readHeading(fixture.get(link))).toEqual([200, 'Your address is changed']);
  expect(fixture.mails).toHaveLength(mailed);
});

test('the answer is the same bytes whatever is known about the new address, and only its inbox shows more', async () => {
  const { preferences } = await subscribe(old);
  await subscribe('active@quay.example');
  await fixture.signUp('pending@quay.example');
  await leave('unsubscribed@quay.example', 'unsubscribe');
  await leave('bounced@quay.example', 'hardBounce');
  await leave('complained@quay.example', 'complain');
  await leave('erased@quay.example', 'erase');
  const before = [...(await fixture.listItems())].filter(([key]) => key.startsWith('SUBSCRIBER#'));
  const mailed = fixture.mails.length;
  const answers = [];
  for (const name of ['active', 'pending', 'unsubscribed', 'bounced', 'complained', 'erased', 'unknown']) {
    clock += day;
    const answered = await request(preferences, `${name}@quay.example`);
    const headers = [...answered.headers].filter(([header]) => header !== 'date');
    answers.push(JSON.stringify([answered.status, headers, await answered.text()]));
  }
  expect(new Set(answers).size).toBe(1);
  expect(answers[0]).not.toContain('quay');
  expect(fixture.mails.slice(mailed).map(({ to, subject }) => `${to}: ${subject}`)).toEqual([
    'active@quay.example: You are already subscribed to Test Gazette',
    ...['pending', 'unsubscribed', 'bounced', 'complained', 'erased', 'unknown'].map(
      (name) => `${name}@quay.example: Confirm your new address for Test Gazette`,
    ),
  ]);
  expect([...(await fixture.listItems())].filter(([key]) => key.startsWith('SUBSCRIBER#'))).toEqual(before);
});

test.each(['unsubscribe', 'hardBounce', 'complain', 'erase'] as const)(
  'an address that had left by %s before is active by the confirmation, and one that left since is not',
  async (kind) => {
    await leave(next, kind);
    const { preferences } = await subscribe(old);
    await request(preferences, next);
    const link = fixture.findLatestLink('address');
    expect((await find(next))?.state).not.toBe('active');
    clock += minute;
    expect(await readHeading(confirm(link))).toEqual([200, 'Your address is changed']);
    expect(await find(next)).toMatchObject({ state: 'active', email: next });

    const moved = (await find(next))?.key ?? '';
    clock += minute;
    await fixture.services.subscribers.apply(moved, { kind, at: new Date(clock).toISOString() });
    expect(await readHeading(confirm(link))).toEqual([410, 'This link no longer works']);
    expect((await find(next))?.state).not.toBe('active');
  },
);

test('who is subscribed at the new address by then keeps that subscription alone', async () => {
  const { preferences } = await subscribe(old, 'weekly');
  await request(preferences, next);
  const link = fixture.findLatestLink('address');
  await subscribe(next, 'daily');
  expect(await readHeading(confirm(link))).toEqual([200, 'Your address is changed']);
  expect(await find(next)).toMatchObject({ state: 'active', cadence: 'daily' });
  expect(await find(old)).toMatchObject({ state: 'unsubscribed' });
});

test('a link of a subscription that ended, moved elsewhere or is a week old moves nothing', async () => {
  const { preferences } = await subscribe(old);
  await request(preferences, 'first@quay.example');
  const first = fixture.findLatestLink('address');
  await request(preferences, next);
  const second = fixture.findLatestLink('address');
  clock += minute;
  await confirm(first);
  expect(await readHeading(confirm(second))).toEqual([410, 'This link no longer works']);
  expect(await readHeading(fixture.get(second))).toEqual([410, 'This link no longer works']);
  expect(await find(next)).toBeUndefined();

  const again = await subscribe('ben@harbour.example');
  await request(again.preferences, next);
  clock += 8 * day;
  expect(await readHeading(confirm())).toEqual([410, 'This link no longer works']);
  await fixture.post('/subscriptions/unsubscribe', { token: again.unsubscribe });
  expect(await readHeading(request(again.preferences, next))).toEqual([200, 'You are not subscribed']);
});

test('a change that was interrupted mails nothing to the old address, and the next press completes it', async () => {
  const { preferences } = await subscribe(old);
  const before = await find(old);
  await request(preferences, next);
  const link = fixture.findLatestLink('address');
  const to = { key: toSubscriberKey(next, await fixture.services.tokenKeys.getOrCreate()), email: next };
  const at = new Date(clock).toISOString();
  await fixture.services.subscribers.apply(before?.key ?? '', { kind: 'startMove', to, requestedAt: at, at });
  for (const shard of '0123456789abcdef')
    expect(await fixture.services.subscribers.listRecipients('weekly', shard, { limit: 10 })).toEqual([]);
  expect(await readHeading(fixture.get(link))).toEqual([200, 'Confirm your new address']);
  expect(await readHeading(confirm(link))).toEqual([200, 'Your address is changed']);
  expect([await find(old), await find(next)]).toMatchObject([{ state: 'unsubscribed' }, { state: 'active' }]);
});

test('an old address that takes no mail does not keep the reader from moving', async () => {
  const { preferences } = await subscribe(old);
  await request(preferences, next);
  failAt = old;
  expect(await readHeading(confirm())).toEqual([200, 'Your address is changed']);
  expect(fixture.logged.map(({ message }) => message)).toContain('a former address was not told');
  expect(JSON.stringify(fixture.logged)).not.toMatch(/@(?:harbour|quay)/);
});

describe('the link to leave in an issue of before', () => {
  test.each([1, 2])('ends the subscription at the address after %i changes, and names none', async (changes) => {
    const { preferences, unsubscribe } = await subscribe(old);
    let own = preferences;
    for (const email of [next, 'ana@pier.example'].slice(0, changes)) {
      await request(own, email);
      const { page } = await readPage(confirm());
      own = readToken(page.attribute('main a[href*=preferences]', 'href') ?? '');
      clock += minute;
    }
    const shown = await readPage(fixture.get(`/subscriptions/unsubscribe?token=${unsubscribe}`));
    expect(shown.page.text('main')).toContain('at the address that you have now');
    expect(shown.page.text('main')).not.toContain('@');
    const answered = await fixture.post('/subscriptions/unsubscribe', {
      token: unsubscribe,
      'List-Unsubscribe': 'One-Click',
    });
    expect(await answered.text()).toBe('Unsubscribed.\n');
    expect((await find(changes === 1 ? next : 'ana@pier.example'))?.state).toBe('unsubscribed');
    expect(await readHeading(fixture.get(`/subscriptions/unsubscribe?token=${unsubscribe}`))).toEqual([
      200,
      'You are unsubscribed',
    ]);
  });
});

test('mails of a change are few: three a day for a reader, and for a mailbox as many as sign-ups', async () => {
  const { preferences } = await subscribe(old);
  const mailed = fixture.mails.length;
  for (const name of ['a', 'b', 'c']) await request(preferences, `${name}@quay.example`);
  expect(await readHeading(request(preferences, 'd@quay.example'))).toEqual([429, 'Too many requests']);
  expect(fixture.mails).toHaveLength(mailed + 3);
  clock += 2 * day;
  for (let time = 0; time < 3; time += 1) await fixture.signUp(next, {}, `198.51.100.${time}`);
  const before = fixture.mails.length;
  expect(await readHeading(request(preferences, next))).toEqual([200, 'Check your new inbox']);
  expect(fixture.mails).toHaveLength(before);
});

test('an address that mail cannot reach is shown again with the reason', async () => {
  const { preferences } = await subscribe(old);
  const { status, page } = await readPage(request(preferences, 'ana@quay'));
  expect([status, page.attribute('input[type=email]', 'value')]).toEqual([422, 'ana@quay']);
  expect(page.attribute('input[type=email]', 'aria-describedby')).toBe('page-email-problem');
});
