import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { queryPage } from '../core/site/query-page.ts';
import { findLink, type SubscriptionsFixture, startSubscriptionsFixture } from './subscriptions-fixture.ts';

const day = 24 * 60 * 60 * 1000;
let clock = Date.parse('2026-11-23T07:00:00.000Z');
let fixture: SubscriptionsFixture;
beforeEach(async () => {
  clock = Date.parse('2026-11-23T07:00:00.000Z');
  fixture = await startSubscriptionsFixture({ now: () => new Date(clock) });
});
afterEach(() => fixture.stop());

const queryResponse = async (response: Response) => queryPage(await response.text());
const readHeading = async (response: Promise<Response>) => {
  const answered = await response;
  return [answered.status, (await queryResponse(answered)).text('h1')];
};

/** Presses the button of a page: posts the form that it stands in, with all of its fields. */
const submitPage = async (link: string, form = 'main form', more: Record<string, string> = {}) => {
  const page = await queryResponse(await fixture.get(link));
  const names = page.attributes(`${form} input[type=hidden]`, 'name').map(String);
  const values = page.attributes(`${form} input[type=hidden]`, 'value').map(String);
  const fields = Object.fromEntries(names.map((name, place) => [name, values[place] ?? '']));
  return fixture.post(page.attribute(form, 'action') ?? '', { ...fields, ...more });
};

/** A reader who signed up and confirmed; gives the links of the welcome. */
const subscribe = async (email = 'ana@harbour.example', cadence = 'daily') => {
  await fixture.signUp(email, { cadence });
  await submitPage(fixture.findLatestLink('confirm'));
  return {
    unsubscribe: fixture.findLatestLink('unsubscribe'),
    preferences: fixture.findLatestLink('preferences'),
  };
};

/** Asks for a link to the reader's data; gives the link that is mailed. */
const requestDataLink = async (preferences: string) => {
  const page = await queryResponse(await fixture.get(preferences));
  const link = page.attribute('a[href*="/erase"]', 'href') ?? '';
  expect(await readHeading(fixture.get(link))).toEqual([200, 'Your data']);
  expect(await readHeading(submitPage(link))).toEqual([200, 'Check your inbox']);
  return fixture.findLatestLink('erase');
};

const erase = async (preferences: string) => submitPage(await requestDataLink(preferences), 'form[action$=erase]');

test('from the form to the welcome: a mail, a page, a button', async () => {
  await fixture.upload('a.md', '---\ntitle: First of all\n---\n\nText of the first.\n');
  await fixture.upload('b.md', '---\ntitle: Not for letters\nemail: false\n---\n\nText.\n');
  await fixture.deliverAll();
  const form = queryPage((await fixture.read('site', 'subscribe')) ?? '');
  expect(form.attribute('main form', 'action')).toBe('/subscriptions');

  expect(await readHeading(fixture.signUp('Ana@Harbour.example', { cadence: 'weekly' }))).toEqual([
    200,
    'Check your inbox',
  ]);
  expect(fixture.mails.map(({ to, subject }) => [to, subject])).toEqual([
    ['Ana@harbour.example', 'Confirm your subscription to Test Gazette'],
  ]);
  expect(await fixture.readSubscriber()).toMatchObject({ state: 'pending', cadence: 'weekly' });

  const link = fixture.findLatestLink('confirm');
  expect(await readHeading(fixture.get(link))).toEqual([200, 'Confirm your subscription']);
  expect(await fixture.readSubscriber()).toMatchObject({ state: 'pending' });
  expect(await readHeading(submitPage(link))).toEqual([200, 'You are subscribed']);
  expect(await fixture.readSubscriber()).toMatchObject({
    state: 'active',
    recipientShard: expect.stringMatching(/^weekly#[0-9a-f]$/),
  });

  const welcome = fixture.mails.at(-1);
  expect(fixture.mails).toHaveLength(2);
  expect(welcome?.subject).toBe('Welcome to Test Gazette');
  expect(welcome?.text).toMatch(/Your first issue is planned for \w+ \d+, 20\d\d at [^(]+ \([^)]+\), if\s/);
  expect(welcome?.html).toContain('First of all');
  expect(welcome?.text).toContain('https://news.example/articles/first-of-all');
  expect(welcome?.html).not.toContain('Not for letters');
  expect(welcome?.headers).toEqual({
    'Auto-Submitted': 'auto-generated',
    'List-Id': '<test-gazette.news.example>',
    'List-Archive': '<https://news.example/issues>',
    'List-Post': 'NO',
    'List-Help': '<https://news.example/subscribe>',
    'List-Owner': '<mailto:editor@test.example>',
    'List-Unsubscribe': `<https://news.example${fixture.findLatestLink('unsubscribe')}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  });
});

describe('a confirmation link', () => {
  test('pressed twice has the same result, and one welcome', async () => {
    await fixture.signUp('ana@harbour.example');
    const link = fixture.findLatestLink('confirm');
    await submitPage(link);
    const confirmed = await fixture.readSubscriber();
    const token = new URL(link, fixture.origin).searchParams.get('token') ?? '';
    expect(await readHeading(fixture.post('/subscriptions/confirm', { token }))).toEqual([200, 'You are subscribed']);
    expect(await readHeading(fixture.get(link))).toEqual([200, 'You are subscribed']);
    expect(await fixture.readSubscriber()).toEqual(confirmed);
    expect(fixture.mails).toHaveLength(2);
  });

  test('of an earlier mail of the same day works too', async () => {
    await fixture.signUp('ana@harbour.example');
    const link = fixture.findLatestLink('confirm');
    clock += day / 4;
    await fixture.signUp('ana@harbour.example', { cadence: 'weekly' });
    expect(await readHeading(submitPage(link))).toEqual([200, 'You are subscribed']);
    expect(await fixture.readSubscriber()).toMatchObject({ cadence: 'weekly' });
  });

  test('does not bring back a reader who has left since', async () => {
    await fixture.signUp('ana@harbour.example');
    const link = fixture.findLatestLink('confirm');
    const token = new URL(link, fixture.origin).searchParams.get('token') ?? '';
    await submitPage(link);
    clock += 60_000;
    await submitPage(fixture.findLatestLink('unsubscribe'));
    expect(await readHeading(fixture.get(link))).toEqual([410, 'This link no longer works']);
    expect(await readHeading(fixture.post('/subscriptions/confirm', { token }))).toEqual([
      410,
      'This link no longer works',
    ]);
    expect(await fixture.readSubscriber()).toMatchObject({ state: 'unsubscribed', recipientShard: 'left#2026-11' });
  });

  test('leads to the sign-up form once it has expired', async () => {
    await fixture.signUp('ana@harbour.example');
    const link = fixture.findLatestLink('confirm');
    clock += 8 * day;
    const page = await queryResponse(await fixture.get(link));
    expect(page.text('h1')).toBe('This link no longer works');
    expect(page.attribute('main form', 'action')).toBe('/subscriptions');
    await fixture.signUp('ana@harbour.example');
    expect(await readHeading(submitPage(fixture.findLatestLink('confirm')))).toEqual([200, 'You are subscribed']);
  });
});

describe('whoever left', () => {
  test.each(['unsubscribed', 'bounced', 'complained', 'erased'])(
    'is back by a sign-up and a confirmation, and not by the sign-up alone: %s',
    async (state) => {
      const { unsubscribe, preferences } = await subscribe();
      const { key } = (await fixture.readSubscriber()) ?? {};
      const at = new Date(clock).toISOString();
      if (state === 'unsubscribed') await submitPage(unsubscribe);
      if (state === 'erased') await erase(preferences);
      if (state === 'bounced') await fixture.services.subscribers.apply(String(key), { kind: 'hardBounce', at });
      if (state === 'complained') await fixture.services.subscribers.apply(String(key), { kind: 'complain', at });
      expect(await fixture.readSubscriber()).toMatchObject({ state });

      clock += day;
      await fixture.signUp('ana@harbour.example');
      expect(fixture.mails.at(-1)?.subject).toBe('Confirm your subscription to Test Gazette');
      expect(await fixture.readSubscriber()).toMatchObject({ state });
      const link = fixture.findLatestLink('confirm');
      const page = await queryResponse(await fixture.get(link));
      expect(page.text('main')).toContain('ana@harbour.example');
      await submitPage(link);
      expect(await fixture.readSubscriber()).toMatchObject({
        state: 'active',
        email: 'ana@harbour.example',
        recipientShard: expect.stringMatching(/^daily#/),
      });
      clock += day;
      await submitPage(fixture.findLatestLink('unsubscribe'));
      expect(await readHeading(fixture.get(link))).toEqual([410, 'This link no longer works']);
    },
  );

  test('stays a keyed hash, whatever is typed into the form, until its owner confirms', async () => {
    const { preferences } = await subscribe();
    await erase(preferences);
    const { key } = (await fixture.readSubscriber()) ?? {};
    clock += day;
    for (const email of ['ana@harbour.example', 'Ana@harbour.example', 'ANA@harbour.example']) {
      await fixture.signUp(email, { cadence: 'weekly' });
      const link = fixture.findLatestLink('confirm');
      await fixture.get(link);
      expect(await fixture.readSubscriber()).toMatchObject({ state: 'erased', key });
      expect(JSON.stringify([...(await fixture.listItems())])).not.toMatch(/harbour\.example/i);
      expect(
        Buffer.from(new URLSearchParams(link.split('?')[1]).get('token') ?? '', 'base64url').toString(),
      ).not.toMatch(/harbour/i);
    }
    await submitPage(fixture.findLatestLink('confirm'));
    expect(await fixture.readSubscriber()).toMatchObject({
      state: 'active',
      key,
      email: 'ANA@harbour.example',
      cadence: 'weekly',
    });
  });

  test('does not come back by the link of a sign-up before', async () => {
    await fixture.signUp('ana@harbour.example');
    const early = fixture.findLatestLink('confirm');
    const { preferences } = await subscribe();
    clock += 60_000;
    await erase(preferences);
    expect(await readHeading(fixture.get(early))).toEqual([410, 'This link no longer works']);
    clock += day;
    await fixture.signUp('ana@harbour.example');
    const link = fixture.findLatestLink('confirm');
    await submitPage(link);
    clock += 60_000;
    await erase(fixture.findLatestLink('preferences'));
    expect(await readHeading(fixture.get(link))).toEqual([410, 'This link no longer works']);
    expect(await fixture.readSubscriber()).toMatchObject({ state: 'erased' });
  });
});

test('an expired sign-up counts as deleted before DynamoDB deletes it', async () => {
  await fixture.signUp('ana@harbour.example', { cadence: 'weekly' });
  const { key = '' } = (await fixture.readSubscriber()) ?? {};
  clock += 8 * day;
  expect(await fixture.readSubscriber()).toMatchObject({ state: 'pending' });
  const { subscribers } = fixture.services;
  expect(await subscribers.get(String(key))).toBeUndefined();
  expect(await subscribers.getMany([String(key)])).toEqual([]);
  const at = new Date(clock).toISOString();
  const address = { key: String(key), email: 'ana@harbour.example', cadence: 'daily' } as const;
  await subscribers.apply(String(key), { kind: 'import', ...address, at, consent: 'A card', paused: false });
  expect(await fixture.readSubscriber()).toMatchObject({ state: 'active', cadence: 'daily' });
});

test('a sign-up that is never confirmed expires after seven days', async () => {
  await fixture.signUp('ana@harbour.example');
  expect(await fixture.readSubscriber()).toMatchObject({ expires: Math.floor((clock + 7 * day) / 1000) });
  await submitPage(fixture.findLatestLink('confirm'));
  expect(await fixture.readSubscriber()).not.toHaveProperty('expires');
});

describe('preferences', () => {
  const chosen = async (link: string) =>
    (await queryResponse(await fixture.get(link))).attribute('input[checked]', 'value');

  test('show what was chosen, and change it', async () => {
    const { preferences } = await subscribe();
    expect(await chosen(preferences)).toBe('daily');
    const saved = await submitPage(preferences, 'form:has([name=choice])', { choice: 'weekly' });
    expect((await queryResponse(saved)).text('[role=status]')).toBe('Your choice is saved.');
    expect(await chosen(preferences)).toBe('weekly');
    expect(await fixture.readSubscriber()).toMatchObject({
      recipientShard: expect.stringMatching(/^weekly#/),
    });
  });

  test('pause, which removes the reader from the recipients, and a cadence ends the pause', async () => {
    const { preferences } = await subscribe();
    await submitPage(preferences, 'form:has([name=choice])', { choice: 'pause' });
    expect(await fixture.readSubscriber()).toMatchObject({ state: 'active', cadence: 'daily', paused: true });
    expect(await fixture.readSubscriber()).not.toHaveProperty('recipientShard');
    expect(await chosen(preferences)).toBe('pause');
    await submitPage(preferences, 'form:has([name=choice])', { choice: 'daily' });
    expect(await fixture.readSubscriber()).toMatchObject({
      recipientShard: expect.stringMatching(/^daily#/),
      paused: false,
    });
  });

  test.each(['hourly', '', 'pause\r\nx'])('take no other choice: %j', async (choice) => {
    const { preferences } = await subscribe();
    const before = await fixture.readSubscriber();
    await submitPage(preferences, 'form:has([name=choice])', { choice });
    expect(await fixture.readSubscriber()).toEqual(before);
  });

  test('unsubscribe by a button', async () => {
    const { preferences } = await subscribe();
    expect(await readHeading(submitPage(preferences, 'form[action$=unsubscribe]'))).toEqual([
      200,
      'You are unsubscribed',
    ]);
    expect(await fixture.readSubscriber()).toMatchObject({ state: 'unsubscribed' });
    expect(await readHeading(fixture.get(preferences))).toEqual([200, 'You are not subscribed']);
  });

  test('mail a link by which the reader exports what is stored', async () => {
    const { preferences } = await subscribe('Ana@Harbour.example');
    const link = await requestDataLink(preferences);
    const file = await submitPage(link, 'form[action$=export]');
    expect(file.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="test-gazette-subscription.json"');
    expect(await file.json()).toEqual({
      publication: 'Test Gazette',
      site: 'https://news.example',
      subscriber: {
        state: 'active',
        key: (await fixture.readSubscriber())?.key,
        since: '2026-11-23T07:00:00.000Z',
        email: 'Ana@harbour.example',
        cadence: 'daily',
        paused: false,
        softBounces: 0,
        form: 'other',
        signedUpAt: '2026-11-23T07:00:00.000Z',
        confirmedAt: '2026-11-23T07:00:00.000Z',
        // Up to which announcement articles have reached them.
        progress: { position: 0 },
      },
    });
  });

  test('mail a link by which the reader erases all but the key', async () => {
    const { preferences } = await subscribe();
    const link = await requestDataLink(preferences);
    expect(fixture.mails.at(-1)).toMatchObject({ to: 'ana@harbour.example', subject: 'Your data at Test Gazette' });
    expect(await readHeading(fixture.get(link))).toEqual([200, 'Erase your data']);
    expect(await fixture.readSubscriber()).toMatchObject({ state: 'active' });
    expect(await readHeading(submitPage(link, 'form[action$=erase]'))).toEqual([200, 'Your data is erased']);
    const { pk, sk, key, ...left } = (await fixture.readSubscriber()) ?? {};
    expect(left).toEqual({ state: 'erased', since: '2026-11-23T07:00:00.000Z' });
    expect([...(await fixture.listItems())].join()).not.toContain('ana@');
    expect(JSON.stringify([...(await fixture.listItems()).values()])).not.toContain('harbour.example');
    expect(await readHeading(fixture.get(link))).toEqual([200, 'Your data is erased']);
    expect(await readHeading(fixture.get(preferences))).toEqual([200, 'You are not subscribed']);
    expect(await fixture.read('internal', `erasures/${key}.json`)).toBe('{"at":"2026-11-23T07:00:00.000Z"}');
  });

  test('neither erase nor export anything by themselves, since a forwarded issue has their link', async () => {
    const { preferences, unsubscribe } = await subscribe();
    const before = await fixture.readSubscriber();
    for (const link of [preferences, unsubscribe]) {
      const token = new URL(link, fixture.origin).searchParams.get('token') ?? '';
      const exported = await fixture.post('/subscriptions/export', { token });
      expect([exported.status, await exported.text()]).toEqual([400, expect.not.stringContaining('harbour.example')]);
      await fixture.post('/subscriptions/erase', { token });
      expect(await fixture.readSubscriber()).toEqual(before);
    }
  });

  test('mail three links to the data a day at most', async () => {
    const { preferences } = await subscribe();
    const mails = fixture.mails.length;
    for (let time = 0; time < 3; time += 1) await requestDataLink(preferences);
    expect(await readHeading(submitPage(preferences.replace('preferences', 'erase')))).toEqual([
      429,
      'Too many requests',
    ]);
    expect(fixture.mails).toHaveLength(mails + 3);
  });

  test('mail a link that expires after a day, and is not for a later subscription', async () => {
    const { preferences, unsubscribe } = await subscribe();
    const link = await requestDataLink(preferences);
    clock += day + 1;
    expect(await readHeading(fixture.get(link))).toEqual([410, 'This link no longer works']);
    const token = new URL(link, fixture.origin).searchParams.get('token') ?? '';
    for (const path of ['export', 'erase'])
      expect((await fixture.post(`/subscriptions/${path}`, { token })).status).toBe(410);
    const second = await requestDataLink(preferences);
    clock += 60_000;
    await submitPage(unsubscribe);
    expect(await readHeading(fixture.get(second))).toEqual([200, 'Erase your data']);
    clock += 60_000;
    await fixture.signUp('ana@harbour.example');
    await submitPage(fixture.findLatestLink('confirm'));
    expect(await readHeading(fixture.get(second))).toEqual([410, 'This link no longer works']);
    expect(await fixture.readSubscriber()).toMatchObject({ state: 'active' });
  });

  test('are saved so often in an hour and no more', async () => {
    const { preferences } = await subscribe();
    const token = new URL(preferences, fixture.origin).searchParams.get('token') ?? '';
    const statuses: number[] = [];
    for (let time = 0; time < 32; time += 1) {
      const choice = time % 2 ? 'daily' : 'weekly';
      statuses.push((await fixture.post('/subscriptions/preferences', { token, choice })).status);
    }
    expect(statuses.slice(-4)).toEqual([200, 429, 429, 429]);
    expect(await readHeading(fixture.get(preferences))).toEqual([200, 'Your subscription']);
  });
});

describe('unsubscribing', () => {
  test('takes a button: opening the link changes nothing', async () => {
    const { unsubscribe } = await subscribe();
    const before = await fixture.readSubscriber();
    expect(await readHeading(fixture.get(unsubscribe))).toEqual([200, 'Unsubscribe']);
    expect((await fixture.get(unsubscribe, { method: 'HEAD' })).status).toBe(200);
    expect(await fixture.readSubscriber()).toEqual(before);
    expect(await readHeading(submitPage(unsubscribe))).toEqual([200, 'You are unsubscribed']);
    expect(await fixture.readSubscriber()).toMatchObject({ state: 'unsubscribed' });
    expect(await readHeading(fixture.get(unsubscribe))).toEqual([200, 'You are unsubscribed']);
  });

  const multipart = () => {
    const form = new FormData();
    form.set('List-Unsubscribe', 'One-Click');
    return form;
  };
  test.each([
    ['URL-encoded', () => new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })],
    ['multipart', multipart],
  ])('by one click of the mail program (RFC 8058), %s: no cookie, no redirect', async (_, body) => {
    const { unsubscribe } = await subscribe();
    for (const _time of ['once', 'twice']) {
      const answer = await fixture.get(unsubscribe, { method: 'POST', body: body() });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('set-cookie')).toBeNull();
      expect(await answer.text()).toBe('Unsubscribed.\n');
      expect(await fixture.readSubscriber()).toMatchObject({ state: 'unsubscribed' });
    }
  });

  test('works for years', async () => {
    const { unsubscribe } = await subscribe();
    clock += 5 * 365 * day;
    await submitPage(unsubscribe);
    expect(await fixture.readSubscriber()).toMatchObject({ state: 'unsubscribed' });
  });

  test('does not undo a complaint', async () => {
    const { unsubscribe } = await subscribe();
    const { key } = (await fixture.readSubscriber()) ?? {};
    await fixture.services.subscribers.apply(String(key), {
      kind: 'complain',
      at: new Date(clock).toISOString(),
    });
    const token = new URL(unsubscribe, fixture.origin).searchParams.get('token') ?? '';
    expect((await fixture.post('/subscriptions/unsubscribe', { token })).status).toBe(200);
    expect(await fixture.readSubscriber()).toMatchObject({ state: 'complained' });
  });
});

test('keys rotate: links of the last three keys work, older ones do not', async () => {
  const { preferences } = await subscribe();
  for (const expected of [200, 200, 400]) {
    clock += day;
    expect(await fixture.services.tokenKeys.rotate()).toBe(true);
    expect((await fixture.get(preferences)).status).toBe(expected);
  }
  expect(await fixture.readSubscriber()).toMatchObject({ state: 'active' });
});

test('a reader who signs up again after a rotation is the same reader', async () => {
  await subscribe();
  await fixture.services.tokenKeys.rotate();
  await fixture.signUp('ANA@harbour.example');
  const mail = fixture.mails.at(-1);
  expect(mail?.subject).toBe('You are already subscribed to Test Gazette');
  const link = findLink(mail?.text ?? '', 'preferences');
  expect(await readHeading(fixture.get(link))).toEqual([200, 'Your subscription']);
});

test('a welcome that cannot be sent leaves the reader confirmed, and is logged', async () => {
  await fixture.stop();
  let away = false;
  fixture = await startSubscriptionsFixture({
    now: () => new Date(clock),
    refuse: () => (away ? { outcome: 'retryable', detail: 'the mailer is away' } : undefined),
  });
  await fixture.signUp('ana@harbour.example');
  away = true;
  expect(await readHeading(submitPage(fixture.findLatestLink('confirm')))).toEqual([200, 'You are subscribed']);
  expect(fixture.countedMetrics).toEqual(['signUps', 'confirmations', 'mailFailures']);
});
