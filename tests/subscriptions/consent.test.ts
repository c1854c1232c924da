import { afterEach, beforeEach, expect, test } from 'vitest';
import { queryPage } from '../core/site/query-page.ts';
import { type SubscriptionsFixture, startSubscriptionsFixture } from './subscriptions-fixture.ts';

const signedUpAt = '2026-11-23T07:00:00.000Z';
const confirmedAt = '2026-11-23T07:05:00.000Z';
const email = 'ana@harbour.example';
let clock = 0;
let fixture: SubscriptionsFixture;
beforeEach(async () => {
  clock = Date.parse(signedUpAt);
  fixture = await startSubscriptionsFixture({ now: () => new Date(clock) });
});
afterEach(() => fixture.stop());

/** The hidden fields of the sign-up form on a page. */
const readForm = (html: string): Record<string, string> => {
  const page = queryPage(html);
  const values = page.attributes('main form input[type=hidden]', 'value').map(String);
  const names = page.attributes('main form input[type=hidden]', 'name').map(String);
  return Object.fromEntries(names.map((name, place) => [name, values[place] ?? '']));
};

const confirmNewest = async (): Promise<void> => {
  const token = new URL(fixture.findLatestLink('confirm'), fixture.origin).searchParams.get('token') ?? '';
  await fixture.post('/subscriptions/confirm', { token });
};

const readSubscribePage = async (): Promise<string> => {
  await fixture.upload('a.md', '# First of all\n\nText of the first.\n');
  await fixture.deliverAll();
  return (await fixture.read('site', 'subscribe')) ?? '';
};

test('a consent says when, by which form and words somebody signed up, and when they confirmed', async () => {
  const html = await readSubscribePage();
  const { form, words = '' } = readForm(html);
  await fixture.signUp(email, { form: form ?? '', words });
  clock = Date.parse(confirmedAt);
  await confirmNewest();
  expect(await fixture.readSubscriber()).toMatchObject({ signedUpAt, form: 'subscribe', words, confirmedAt });
  const shown = await fixture.services.consentWords.find(words);
  const page = queryPage(html);
  for (const text of [...page.texts('main form label'), page.text('main form .hint')])
    if (!text?.startsWith('Leave')) expect(shown).toContain(text);
});

test('the words of a page that is older than the settings are those that it showed', async () => {
  const words = 'fedcba9876543210fedc';
  await fixture.services.consentWords.add({ name: words, text: 'Words of before' });
  await fixture.signUp(email, { form: 'subscribe', words });
  expect(await fixture.readSubscriber()).toMatchObject({ form: 'subscribe', words });
  expect(await fixture.services.consentWords.find(words)).toBe('Words of before');
});

test.each([
  ['nothing of itself', {}],
  ['words that no form ever showed', { words: '0123456789abcdef0123' }],
  ['no name of words', { form: 'invented', words: '../TOKEN_KEYS' }],
])('a form that says %s is not taken for one of the site', async (_, fields) => {
  await fixture.signUp(email, fields);
  const found = await fixture.readSubscriber();
  expect(found).toMatchObject({ state: 'pending', form: 'other', signedUpAt });
  expect(found).not.toHaveProperty('words');
});

test('who comes back has the consent of the new sign-up', async () => {
  const page = await (await fixture.signUp('no address')).text();
  const { form = '', words = '' } = readForm(page);
  expect(form).toBe('again');
  await fixture.signUp(email);
  await confirmNewest();
  const { key } = (await fixture.readSubscriber()) ?? {};
  await fixture.services.subscribers.apply(String(key), { kind: 'unsubscribe', at: confirmedAt });
  expect(await fixture.readSubscriber()).toMatchObject({ state: 'unsubscribed', form: 'other', signedUpAt });
  clock = Date.parse('2026-12-01T07:00:00.000Z');
  await fixture.signUp(email, { form, words });
  clock += 60_000;
  await confirmNewest();
  expect(await fixture.readSubscriber()).toMatchObject({
    state: 'active',
    form: 'again',
    words,
    signedUpAt: '2026-12-01T07:00:00.000Z',
    confirmedAt: '2026-12-01T07:01:00.000Z',
  });
});

test("a reader's own data shows the words that they agreed to", async () => {
  const { form = '', words = '' } = readForm(await (await fixture.signUp('no address')).text());
  await fixture.signUp(email, { form, words });
  await confirmNewest();
  const page = queryPage(await (await fixture.get(fixture.findLatestLink('preferences'))).text());
  const request = new URL(page.attribute('a[href*="/erase"]', 'href') ?? '', fixture.origin);
  await fixture.post('/subscriptions/erase', { token: request.searchParams.get('token') ?? '' });
  const link = new URL(fixture.findLatestLink('erase'), fixture.origin);
  const file = await fixture.post('/subscriptions/export', { token: link.searchParams.get('token') ?? '' });
  expect(await file.json()).toMatchObject({
    subscriber: { form: 'again', words, signedUpAt, confirmedAt: signedUpAt },
    consentWords: expect.stringMatching(/^Test Gazette · Email address · .* · Sign up · We will send you one email/),
  });
});
