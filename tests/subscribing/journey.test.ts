import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parsePage } from '../core/page/parse-page.ts';
import { linkOf, type Newsroom, startNewsroom } from './newsroom.ts';

const day = 24 * 60 * 60 * 1000;
let clock = Date.parse('2026-11-23T07:00:00.000Z');
let room: Newsroom;
beforeEach(async () => {
  clock = Date.parse('2026-11-23T07:00:00.000Z');
  room = await startNewsroom({ now: () => new Date(clock) });
});
afterEach(() => room.stop());

const pageOf = async (response: Response) => parsePage(await response.text());
const headingOf = async (response: Promise<Response>) => {
  const answered = await response;
  return [answered.status, (await pageOf(answered)).text('h1')];
};

/** Presses the button of a page: posts the form that it stands in, with all of its fields. */
const press = async (link: string, form = 'main form', more: Record<string, string> = {}) => {
  const page = await pageOf(await room.get(link));
  const names = page.attributes(`${form} input[type=hidden]`, 'name').map(String);
  const values = page.attributes(`${form} input[type=hidden]`, 'value').map(String);
  const fields = Object.fromEntries(names.map((name, place) => [name, values[place] ?? '']));
  return room.post(page.attribute(form, 'action') ?? '', { ...fields, ...more });
};

/** A reader who signed up and confirmed; gives the links of the welcome. */
const subscribe = async (email = 'ana@harbour.example', cadence = 'daily') => {
  await room.signUp(email, { cadence });
  await press(room.linkIn('confirm'));
  return { unsubscribe: room.linkIn('unsubscribe'), preferences: room.linkIn('preferences') };
};

test('from the form to the welcome: a mail, a page, a button', async () => {
  await room.upload('a.md', '---\ntitle: First of all\n---\n\nText of the first.\n');
  await room.upload('b.md', '---\ntitle: Not for letters\nemail: false\n---\n\nText.\n');
  await room.settle();
  const form = parsePage((await room.read('site', 'subscribe')) ?? '');
  expect(form.attribute('main form', 'action')).toBe('/subscriptions');

  expect(await headingOf(room.signUp('Ana@Harbour.example', { cadence: 'weekly' }))).toEqual([
    200,
    'Look into your inbox',
  ]);
  expect(room.mails.map(({ to, subject }) => [to, subject])).toEqual([
    ['Ana@harbour.example', 'Confirm your subscription to Test Gazette'],
  ]);
  expect(await room.subscriber()).toMatchObject({ state: 'pending', cadence: 'weekly' });

  const link = room.linkIn('confirm');
  expect(await headingOf(room.get(link))).toEqual([200, 'Confirm your subscription']);
  expect(await room.subscriber()).toMatchObject({ state: 'pending' });
  expect(await headingOf(press(link))).toEqual([200, 'You are subscribed']);
  expect(await room.subscriber()).toMatchObject({
    state: 'active',
    roster: expect.stringMatching(/^weekly#[0-9a-f]$/),
  });

  const welcome = room.mails.at(-1);
  expect(room.mails).toHaveLength(2);
  expect(welcome?.subject).toBe('Welcome to Test Gazette');
  expect(welcome?.html).toContain('First of all');
  expect(welcome?.text).toContain('https://news.example/articles/first-of-all');
  expect(welcome?.html).not.toContain('Not for letters');
  expect(welcome?.headers).toEqual({
    'Auto-Submitted': 'auto-generated',
    'List-Id': '<test-gazette.news.example>',
    'List-Archive': '<https://news.example/issues>',
    'List-Post': 'NO',
    'List-Unsubscribe': `<https://news.example${room.linkIn('unsubscribe')}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  });
});

describe('a confirmation link', () => {
  test('pressed twice does the same as once, and welcomes once', async () => {
    await room.signUp('ana@harbour.example');
    const link = room.linkIn('confirm');
    await press(link);
    const confirmed = await room.subscriber();
    const token = new URL(link, room.origin).searchParams.get('token') ?? '';
    expect(await headingOf(room.post('/subscriptions/confirm', { token }))).toEqual([
      200,
      'You are subscribed',
    ]);
    expect(await headingOf(room.get(link))).toEqual([200, 'You are subscribed']);
    expect(await room.subscriber()).toEqual(confirmed);
    expect(room.mails).toHaveLength(2);
  });

  test('of an earlier mail of the same day works too', async () => {
    await room.signUp('ana@harbour.example');
    const link = room.linkIn('confirm');
    clock += day / 4;
    await room.signUp('ana@harbour.example', { cadence: 'weekly' });
    expect(await headingOf(press(link))).toEqual([200, 'You are subscribed']);
    expect(await room.subscriber()).toMatchObject({ cadence: 'weekly' });
  });

  test('brings nobody back who has left since', async () => {
    await room.signUp('ana@harbour.example');
    const link = room.linkIn('confirm');
    const token = new URL(link, room.origin).searchParams.get('token') ?? '';
    await press(link);
    clock += 60_000;
    await press(room.linkIn('unsubscribe'));
    expect(await headingOf(room.get(link))).toEqual([410, 'This link works no longer']);
    expect(await headingOf(room.post('/subscriptions/confirm', { token }))).toEqual([
      410,
      'This link works no longer',
    ]);
    expect(await room.subscriber()).toMatchObject({ state: 'unsubscribed' });
    expect(await room.subscriber()).not.toHaveProperty('roster');
  });

  test('leads, once it has expired, to the form that asks for another', async () => {
    await room.signUp('ana@harbour.example');
    const link = room.linkIn('confirm');
    clock += 8 * day;
    const page = await pageOf(await room.get(link));
    expect(page.text('h1')).toBe('This link works no longer');
    expect(page.attribute('main form', 'action')).toBe('/subscriptions');
    await room.signUp('ana@harbour.example');
    expect(await headingOf(press(room.linkIn('confirm')))).toEqual([200, 'You are subscribed']);
  });
});

describe('whoever left', () => {
  test.each(['unsubscribed', 'bounced', 'complained', 'erased'])(
    'is back by a sign-up and a confirmation, and not by the sign-up alone: %s',
    async (state) => {
      const { unsubscribe, preferences } = await subscribe();
      const { key } = (await room.subscriber()) ?? {};
      const at = new Date(clock).toISOString();
      if (state === 'unsubscribed') await press(unsubscribe);
      if (state === 'erased') await press(preferences.replace('preferences', 'erase'));
      if (state === 'bounced') await room.services.subscribers.apply(String(key), { kind: 'hardBounce', at });
      if (state === 'complained')
        await room.services.subscribers.apply(String(key), { kind: 'complain', at });
      expect(await room.subscriber()).toMatchObject({ state });

      clock += day;
      await room.signUp('ana@harbour.example');
      expect(room.mails.at(-1)?.subject).toBe('Confirm your subscription to Test Gazette');
      expect(await room.subscriber()).toMatchObject({ state: 'pending', before: 'left' });
      expect(await room.subscriber()).not.toHaveProperty('roster');
      expect(await room.subscriber()).not.toHaveProperty('expires');
      await press(room.linkIn('confirm'));
      expect(await room.subscriber()).toMatchObject({ state: 'active' });
    },
  );
});

test('who never confirms is forgotten after seven days', async () => {
  await room.signUp('ana@harbour.example');
  expect(await room.subscriber()).toMatchObject({ expires: Math.floor((clock + 7 * day) / 1000) });
  await press(room.linkIn('confirm'));
  expect(await room.subscriber()).not.toHaveProperty('expires');
});

describe('preferences', () => {
  const chosen = async (link: string) =>
    (await pageOf(await room.get(link))).attribute('input[checked]', 'value');

  test('show what was chosen, and change it', async () => {
    const { preferences } = await subscribe();
    expect(await chosen(preferences)).toBe('daily');
    const saved = await press(preferences, 'form:has([name=choice])', { choice: 'weekly' });
    expect((await pageOf(saved)).text('[role=status]')).toBe('Your choice is saved.');
    expect(await chosen(preferences)).toBe('weekly');
    expect(await room.subscriber()).toMatchObject({ roster: expect.stringMatching(/^weekly#/) });
  });

  test('pause, which takes the reader out of the roster, and a cadence ends the pause', async () => {
    const { preferences } = await subscribe();
    await press(preferences, 'form:has([name=choice])', { choice: 'pause' });
    expect(await room.subscriber()).toMatchObject({ state: 'active', cadence: 'daily', paused: true });
    expect(await room.subscriber()).not.toHaveProperty('roster');
    expect(await chosen(preferences)).toBe('pause');
    await press(preferences, 'form:has([name=choice])', { choice: 'daily' });
    expect(await room.subscriber()).toMatchObject({
      roster: expect.stringMatching(/^daily#/),
      paused: false,
    });
  });

  test.each(['hourly', '', 'pause\r\nx'])('take no other choice: %j', async (choice) => {
    const { preferences } = await subscribe();
    const before = await room.subscriber();
    await press(preferences, 'form:has([name=choice])', { choice });
    expect(await room.subscriber()).toEqual(before);
  });

  test('lead out by a button', async () => {
    const { preferences } = await subscribe();
    expect(await headingOf(press(preferences, 'form[action$=unsubscribe]'))).toEqual([
      200,
      'You are unsubscribed',
    ]);
    expect(await room.subscriber()).toMatchObject({ state: 'unsubscribed' });
    expect(await headingOf(room.get(preferences))).toEqual([200, 'You are not subscribed']);
  });

  test('give a file of what is kept', async () => {
    const { preferences } = await subscribe('Ana@Harbour.example');
    const file = await press(preferences, 'form[action$=export]');
    expect(file.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(file.headers.get('content-disposition')).toBe(
      'attachment; filename="test-gazette-subscription.json"',
    );
    expect(await file.json()).toEqual({
      publication: 'Test Gazette',
      site: 'https://news.example',
      subscriber: {
        state: 'active',
        key: (await room.subscriber())?.key,
        since: '2026-11-23T07:00:00.000Z',
        email: 'Ana@harbour.example',
        cadence: 'daily',
        paused: false,
        softBounces: 0,
      },
    });
  });

  test('erase all but the key, after asking once more', async () => {
    const { preferences } = await subscribe();
    const page = await pageOf(await room.get(preferences));
    const link = page.attribute('a[href*="/erase"]', 'href') ?? '';
    expect(await headingOf(room.get(link))).toEqual([200, 'Erase your data']);
    expect(await room.subscriber()).toMatchObject({ state: 'active' });
    expect(await headingOf(press(link))).toEqual([200, 'Your data is erased']);
    const { pk, sk, key, ...left } = (await room.subscriber()) ?? {};
    expect(left).toEqual({ state: 'erased', since: '2026-11-23T07:00:00.000Z' });
    expect([...(await room.items())].join()).not.toContain('ana@');
    expect(JSON.stringify([...(await room.items()).values()])).not.toContain('harbour.example');
    expect(await headingOf(room.get(link))).toEqual([200, 'You are not subscribed']);
  });
});

describe('unsubscribing', () => {
  test('takes a page and a button: to open the link changes nothing', async () => {
    const { unsubscribe } = await subscribe();
    const before = await room.subscriber();
    expect(await headingOf(room.get(unsubscribe))).toEqual([200, 'Unsubscribe']);
    expect((await room.get(unsubscribe, { method: 'HEAD' })).status).toBe(200);
    expect(await room.subscriber()).toEqual(before);
    expect(await headingOf(press(unsubscribe))).toEqual([200, 'You are unsubscribed']);
    expect(await room.subscriber()).toMatchObject({ state: 'unsubscribed' });
    expect(await headingOf(room.get(unsubscribe))).toEqual([200, 'You are unsubscribed']);
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
      const answer = await room.get(unsubscribe, { method: 'POST', body: body() });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('set-cookie')).toBeNull();
      expect(await answer.text()).toBe('Unsubscribed.\n');
      expect(await room.subscriber()).toMatchObject({ state: 'unsubscribed' });
    }
  });

  test('works for years', async () => {
    const { unsubscribe } = await subscribe();
    clock += 5 * 365 * day;
    await press(unsubscribe);
    expect(await room.subscriber()).toMatchObject({ state: 'unsubscribed' });
  });

  test('does not undo a complaint', async () => {
    const { unsubscribe } = await subscribe();
    const { key } = (await room.subscriber()) ?? {};
    await room.services.subscribers.apply(String(key), {
      kind: 'complain',
      at: new Date(clock).toISOString(),
    });
    const token = new URL(unsubscribe, room.origin).searchParams.get('token') ?? '';
    expect((await room.post('/subscriptions/unsubscribe', { token })).status).toBe(200);
    expect(await room.subscriber()).toMatchObject({ state: 'complained' });
  });
});

test('keys rotate: links of the last three keys work, older ones do not', async () => {
  const { preferences } = await subscribe();
  for (const expected of [200, 200, 400]) {
    clock += day;
    expect(await room.services.tokenKeys.rotate()).toBe(true);
    expect((await room.get(preferences)).status).toBe(expected);
  }
  expect(await room.subscriber()).toMatchObject({ state: 'active' });
});

test('a reader who signs up again after a rotation is the same reader', async () => {
  await subscribe();
  await room.services.tokenKeys.rotate();
  await room.signUp('ANA@harbour.example');
  const mail = room.mails.at(-1);
  expect(mail?.subject).toBe('You are already subscribed to Test Gazette');
  const link = linkOf(mail?.text ?? '', 'preferences');
  expect(await headingOf(room.get(link))).toEqual([200, 'Your subscription']);
});

test('a welcome that cannot be sent leaves the reader confirmed, and the operator is told', async () => {
  await room.stop();
  let away = false;
  room = await startNewsroom({
    now: () => new Date(clock),
    refuse: () => (away ? { outcome: 'again', detail: 'the mailer is away' } : undefined),
  });
  await room.signUp('ana@harbour.example');
  away = true;
  expect(await headingOf(press(room.linkIn('confirm')))).toEqual([200, 'You are subscribed']);
  expect(room.counted).toEqual(['signUps', 'confirmations', 'mailFailures']);
});
