import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sitePaths } from '../../functions/core/site-paths.ts';
import { maxEditFormBytes, maxFormBytes } from '../../functions/subscriptions/read-form.ts';
import { signUpCaps } from '../../functions/subscriptions/sign-up.ts';
import { queryPage } from '../core/site/query-page.ts';
import { type SubscriptionsFixture, startSubscriptionsFixture } from './subscriptions-fixture.ts';

const hour = 60 * 60 * 1000;
let clock = 0;
let fixture: SubscriptionsFixture;
beforeEach(async () => {
  clock = Date.parse('2026-11-23T07:00:00.000Z');
  fixture = await startSubscriptionsFixture({ now: () => new Date(clock) });
});
afterEach(() => fixture.stop());

/** All that a visitor sees of an answer. */
const readResponse = async (response: Promise<Response>) => {
  const answered = await response;
  const headers = [...answered.headers].filter(([name]) => !['date', 'connection'].includes(name));
  return { status: answered.status, headers, body: await answered.text() };
};

const confirmNewest = async (): Promise<void> => {
  const token = new URL(fixture.findLatestLink('confirm'), fixture.origin).searchParams.get('token') ?? '';
  await fixture.post('/subscriptions/confirm', { token });
};

test('the answer is the same bytes for known and unknown addresses', async () => {
  const at = new Date(clock).toISOString();
  const left = async (email: string, kind: 'unsubscribe' | 'hardBounce' | 'complain' | 'erase') => {
    await fixture.signUp(email);
    await confirmNewest();
    const known = [...(await fixture.listItems()).values()].find((item) => item.email === email);
    await fixture.services.subscribers.apply(String(known?.key), { kind, at });
  };
  await fixture.signUp('pending@harbour.example');
  await fixture.signUp('active@harbour.example');
  await confirmNewest();
  await left('unsubscribed@harbour.example', 'unsubscribe');
  await left('bounced@harbour.example', 'hardBounce');
  await left('complained@harbour.example', 'complain');
  await left('erased@harbour.example', 'erase');
  for (let time = 0; time < signUpCaps.mailbox.limit; time += 1)
    await fixture.signUp('capped@harbour.example', {}, `198.51.100.${time}`);

  const mailed = fixture.mails.length;
  const names = ['pending', 'active', 'unsubscribed', 'bounced', 'complained', 'erased', 'capped'];
  const answers = [];
  for (const name of [...names, 'unknown', 'another.unknown'])
    answers.push(await readResponse(fixture.signUp(`${name}@harbour.example`, {}, '203.0.113.9')));
  answers.push(await readResponse(fixture.signUp('machine@harbour.example', { website: 'https://spam.example' })));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0]?.status).toBe(200);
  expect(answers[0]?.body).not.toContain('harbour.example');
  expect(fixture.mails.slice(mailed).map(({ to, subject }) => `${to}: ${subject}`)).toEqual([
    'pending@harbour.example: Confirm your subscription to Test Gazette',
    'active@harbour.example: You are already subscribed to Test Gazette',
    'unsubscribed@harbour.example: Confirm your subscription to Test Gazette',
    'bounced@harbour.example: Confirm your subscription to Test Gazette',
    'complained@harbour.example: Confirm your subscription to Test Gazette',
    'erased@harbour.example: Confirm your subscription to Test Gazette',
    'unknown@harbour.example: Confirm your subscription to Test Gazette',
    'another.unknown@harbour.example: Confirm your subscription to Test Gazette',
  ]);
});

test('a filled hidden field leaves no trace', async () => {
  await fixture.signUp('machine@harbour.example', { website: 'x' });
  await fixture.signUp('no address', { website: 'x' });
  expect(fixture.mails).toEqual([]);
  expect([...(await fixture.listItems()).keys()].filter((key) => /SUBSCRIBER|CAP/.test(key))).toEqual([]);
});

describe('caps', () => {
  test('three mails a day to one mailbox, in any case and from any network', async () => {
    const write = (time: number) =>
      fixture.signUp(time % 2 ? 'ANA@harbour.example' : 'ana@harbour.example', {}, `198.51.100.${time}`);
    for (let time = 0; time < 5; time += 1) expect((await write(time)).status).toBe(200);
    expect(fixture.mails).toHaveLength(3);
    await fixture.signUp('bo@harbour.example');
    expect(fixture.mails).toHaveLength(4);
    clock += 24 * hour;
    await write(9);
    expect(fixture.mails).toHaveLength(5);
  });

  test('three mails a day to one mailbox, with any tags and dots', async () => {
    for (let time = 0; time < 40; time += 1) {
      const local = time % 2 ? `a.na+tag${time}` : `an.a+${time}`;
      const domain = time % 3 ? 'gmail.com' : 'googlemail.com';
      expect((await fixture.signUp(`${local}@${domain}`, {}, `198.51.100.${time}`)).status).toBe(200);
    }
    expect(fixture.mails.map(({ to }) => to)).toEqual([
      'an.a+0@googlemail.com',
      'a.na+tag1@gmail.com',
      'an.a+2@gmail.com',
    ]);
    await fixture.signUp('a.na@harbour.example');
    await fixture.signUp('ana@harbour.example');
    expect(fixture.mails).toHaveLength(5);
  });

  test('forty sign-ups an hour from one /48 of IPv6, whatever its /64', async () => {
    const statuses: number[] = [];
    for (let time = 0; time < 45; time += 1) {
      const { status } = await fixture.signUp(
        `reader${time}@harbour.example`,
        {},
        `2001:db8:1:${time.toString(16)}::1`,
      );
      statuses.push(status);
    }
    expect(statuses).toEqual([...Array(40).fill(200), ...Array(5).fill(429)]);
    expect((await fixture.signUp('ana@harbour.example', {}, '2001:db8:2::1')).status).toBe(200);
  });

  test.each([
    ['IPv4', '198.51.100.7', '198.51.100.7', '198.51.100.8'],
    ['IPv6', '2001:db8:1:2::1', '2001:db8:1:2:ffff::9', '2001:db8:1:3::1'],
  ])('ten sign-ups an hour from one network: %s', async (_, first, same, other) => {
    for (let time = 0; time < 10; time += 1)
      expect((await fixture.signUp(`reader${time}@harbour.example`, {}, time % 2 ? same : first)).status).toBe(200);
    const refused = await fixture.signUp('eleven@harbour.example', {}, same);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('3600');
    expect(queryPage(await refused.text()).text('h1')).toBe('Too many sign-ups');
    expect((await fixture.signUp('eleven@harbour.example', {}, other)).status).toBe(200);
    expect(fixture.mails).toHaveLength(11);
    clock += hour;
    expect((await fixture.signUp('twelve@harbour.example', {}, same)).status).toBe(200);
  });

  test('without CloudFront’s header, the address that the gateway saw counts', async () => {
    const post = (email: string) =>
      fixture.get('/subscriptions', {
        method: 'POST',
        body: new URLSearchParams({ email, cadence: 'daily' }),
      });
    for (let time = 0; time < 10; time += 1) await post(`reader${time}@harbour.example`);
    expect((await post('eleven@harbour.example')).status).toBe(429);
  });

  test('a number in all, known or not, with a metric', async () => {
    const { all } = signUpCaps;
    const window = Math.floor(clock / 1000 / all.windowSeconds);
    for (let taken = 0; taken < all.limit; taken += 1)
      await fixture.services.caps.increment({ name: 'all', ...all }, new Date(clock));
    expect([...(await fixture.listItems()).keys()]).toContain(`CAP#all#${window} | CAP`);
    expect((await fixture.signUp('ana@harbour.example')).status).toBe(429);
    expect(fixture.countedMetrics).toEqual(['signUpsRefused']);
    expect(fixture.mails).toEqual([]);
  });

  test('expire, and contain no address', async () => {
    await fixture.signUp('ana@harbour.example');
    const caps = [...(await fixture.listItems())].filter(([key]) => key.startsWith('CAP#'));
    expect(caps).toHaveLength(3);
    for (const [key, item] of caps) {
      expect(`${key}${JSON.stringify(item)}`).not.toMatch(/ana|198\.51/);
      expect(Number(item.expires)).toBeGreaterThan(clock / 1000);
      expect(Number(item.expires)).toBeLessThanOrEqual(clock / 1000 + 2 * 24 * 60 * 60);
    }
  });

  test('count right when many requests come at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 25 }, (_, time) => fixture.signUp(`reader${time}@harbour.example`)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
    expect(fixture.mails).toHaveLength(10);
  });
});

test('an invalid address is shown in the form again, with what is wrong', async () => {
  const written = '"><script>alert(1)</script>@{{constructor}} ';
  const answered = await fixture.signUp(written, { cadence: 'weekly' });
  const html = await answered.text();
  const page = queryPage(html);
  expect(answered.status).toBe(422);
  expect(page.text('h1')).toBe('Please check your address');
  expect(page.attribute('#page-email', 'value')).toBe(written);
  expect(page.attribute('#page-email', 'aria-invalid')).toBe('true');
  expect(page.text(`#${page.attribute('#page-email', 'aria-describedby')}`)).toContain(
    'cannot send email to this address',
  );
  expect(page.attribute('input[checked]', 'value')).toBe('weekly');
  expect(html).not.toContain('<script>alert');
  expect([...(await fixture.listItems()).keys()].filter((key) => /SUBSCRIBER|CAP/.test(key))).toEqual([]);
});

test('any address or token gets an answer below 500 and no broken header', async () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      'ana@harbour.example\r\nBcc: all@harbour.example',
      'ana@harbour.example%0d%0aBcc:x@y.example',
      'ana@harbour.example,bo@harbour.example',
      '{{#each}}@harbour.example',
      '<svg/onload=alert(1)>@harbour.example',
      '__proto__',
    ),
    fc.emailAddress(),
  );
  let visitor = 0;
  await fc.assert(
    fc.asyncProperty(hostile, hostile, async (email, other) => {
      visitor += 1;
      const from = `2001:db8:${visitor.toString(16)}::1`;
      const signedUp = await fixture.signUp(email, { cadence: other, [other]: email }, from);
      expect([200, 422, 429]).toContain(signedUp.status);
      for (const page of ['confirm', 'preferences', 'unsubscribe', 'export', 'erase']) {
        const posted = await fixture.post(`/subscriptions/${page}`, { token: email, choice: other }, from);
        expect(posted.status).toBe(400);
      }
      const opened = await fixture.get(`/subscriptions/confirm?token=${encodeURIComponent(email.toWellFormed())}`);
      expect(opened.status).toBe(400);
    }),
    { numRuns: 40 },
  );
  for (const mail of fixture.mails) expect(mail.to).toMatch(/^[!-~]+@[a-z0-9.-]+$/);
});

describe('what is not understood', () => {
  const post = (path: string, init: RequestInit) => fixture.get(path, { method: 'POST', ...init });

  test('another address: 404, with a page', async () => {
    const answered = await fixture.get('/subscriptions/elsewhere');
    expect(answered.status).toBe(404);
    expect(queryPage(await answered.text()).text('h1')).toBe('Page not found');
  });

  test.each([
    ['DELETE', '/subscriptions', 'GET, HEAD, POST'],
    ['PUT', '/subscriptions/unsubscribe', 'GET, HEAD, POST'],
    ['GET', '/subscriptions/export', 'POST'],
  ])('another method: 405, %s %s', async (method, path, allow) => {
    const answered = await fixture.get(path, { method });
    expect(answered.status).toBe(405);
    expect(answered.headers.get('allow')).toBe(allow);
  });

  test('another type: 415', async () => {
    const body = JSON.stringify({ email: 'ana@harbour.example' });
    const json = { 'content-type': 'application/json' };
    expect((await post('/subscriptions', { body, headers: json })).status).toBe(415);
    expect((await post('/subscriptions', { body, headers: { 'content-type': 'multipart/form-data' } })).status).toBe(
      415,
    );
  });

  test.each(Object.values(sitePaths.subscriptions))('too much: 413, %s', async (path) => {
    const limit = path === sitePaths.subscriptions.editIssue ? maxEditFormBytes : maxFormBytes;
    const body = new URLSearchParams({ email: 'a'.repeat(limit), token: 'x' });
    expect((await post(path, { body })).status).toBe(413);
    const chunked = new ReadableStream({
      start: (controller) => {
        for (let sent = 0; sent <= limit; sent += 1000) controller.enqueue(new TextEncoder().encode('a'.repeat(1000)));
        controller.close();
      },
    });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await post(path, { body: chunked, headers, duplex: 'half' })).status).toBe(413);
  });

  test('a GET of the form’s address redirects to the form', async () => {
    const answered = await fixture.get('/subscriptions');
    expect([answered.status, answered.headers.get('location')]).toEqual([303, '/subscribe']);
  });

  test.each(['confirm', 'preferences', 'unsubscribe', 'erase'])('a link without its token: %s', async (page) => {
    const answered = await fixture.get(`/subscriptions/${page}`);
    expect(answered.status).toBe(400);
    expect(queryPage(await answered.text()).text('h1')).toBe('This link is not valid');
  });
});

test('every answer is uncached, not indexed, and sends no referrer', async () => {
  await fixture.signUp('ana@harbour.example');
  const answers = await Promise.all([
    fixture.signUp('bo@harbour.example'),
    fixture.signUp('no address'),
    fixture.get(fixture.findLatestLink('confirm')),
    fixture.get('/subscriptions/confirm?token=x'),
    fixture.get('/subscriptions/elsewhere'),
    fixture.get('/subscriptions/approve?token=x'),
    fixture.get('/subscriptions'),
    fixture.get('/subscriptions/export'),
    fixture.get('/subscriptions/preferences', { method: 'DELETE' }),
    fixture.post('/subscriptions/erase', { token: 'x'.repeat(9000) }),
    fixture.post('/subscriptions/unsubscribe', { 'List-Unsubscribe': 'One-Click' }),
  ]);
  for (const { headers } of answers) {
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-robots-tag')).toContain('noindex');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('set-cookie')).toBeNull();
  }
});

describe('who comes past the edge', () => {
  const key = 'arn:aws:cloudformation:eu-west-1:123456789012:stack/Seedpress/1';
  beforeEach(async () => {
    await fixture.stop();
    fixture = await startSubscriptionsFixture({ cloudFrontKey: key });
  });

  test.each([undefined, '', 'guessed', `${key}2`, key.slice(1)])('is turned away: %j', async (said) => {
    for (const path of ['/subscriptions', '/subscriptions/unsubscribe', '/subscriptions/approve', '/elsewhere']) {
      const answered = await fixture.get(path, {
        method: 'POST',
        body: new URLSearchParams({ email: 'ana@harbour.example' }),
        headers: said === undefined ? {} : { 'x-seedpress-edge': said },
      });
      expect(answered.status).toBe(403);
    }
    expect(fixture.mails).toEqual([]);
  });

  test('is accepted with CloudFront’s secret', async () => {
    const answered = await fixture.get('/subscriptions', {
      method: 'POST',
      body: new URLSearchParams({ email: 'ana@harbour.example' }),
      headers: { 'x-seedpress-edge': key },
    });
    expect(answered.status).toBe(200);
    expect(fixture.mails).toHaveLength(1);
  });
});

describe('when something fails', () => {
  const restart = async (options: Parameters<typeof startSubscriptionsFixture>[0]) => {
    await fixture.stop();
    fixture = await startSubscriptionsFixture({ now: () => new Date(clock), ...options });
  };

  test('the mailer: the reader sees it, and it is logged', async () => {
    await restart({
      refuse: (email) => ({ outcome: 'failed', detail: `not verified: <${email}>, ${email}; ${email}` }),
    });
    const answered = await fixture.signUp('ana@harbour.example');
    expect(answered.status).toBe(503);
    expect(queryPage(await answered.text()).text('h1')).toBe('Something went wrong on our side');
    expect(fixture.countedMetrics).toEqual(['signUps', 'mailFailures']);
    const log = JSON.stringify(fixture.logged);
    expect(log).toContain('not verified: <(an address)>, (an address); (an address)');
    expect(log).not.toContain('harbour');
  });

  test('the table: the same', async () => {
    let away = false;
    await restart({
      onRequest: () => {
        if (away) throw new Error('the table is away');
      },
    });
    away = true;
    const answered = await fixture.signUp('ana@harbour.example');
    expect([answered.status, await answered.text()]).toEqual([503, 'Please try again in a few minutes.\n']);
    expect(answered.headers.get('cache-control')).toBe('no-store');
    away = false;
  });

  test('nothing was published yet, so that links would have no address', async () => {
    await restart({ unpublished: true });
    expect((await fixture.signUp('ana@harbour.example')).status).toBe(503);
    expect((await fixture.get('/subscriptions/elsewhere')).status).toBe(503);
    expect(fixture.mails).toEqual([]);
    await fixture.upload('a.md', '---\ntitle: First\n---\n\nText.\n');
    await fixture.deliverAll();
    expect((await fixture.signUp('ana@harbour.example')).status).toBe(200);
    expect(fixture.findLatestLink('confirm')).toContain('/subscriptions/confirm');
  });
});

test('the log contains no address and no token', async () => {
  await fixture.signUp('ana@harbour.example');
  const token = new URL(fixture.findLatestLink('confirm'), fixture.origin).searchParams.get('token') ?? '';
  await fixture.post('/subscriptions/confirm', { token });
  await fixture.post(fixture.findLatestLink('unsubscribe'), {});
  expect(fixture.logged.map(({ message }) => message)).toEqual(['sign-up', 'confirmed', 'unsubscribed']);
  const log = JSON.stringify(fixture.logged);
  expect(log).not.toContain('harbour');
  expect(log).not.toContain(token);
});
