import { DateTime } from 'luxon';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { subscriptionsHeaders } from '../../functions/platform/contract.ts';
import { hasChromium, startChromium } from '../core/site/browser.ts';
import { findOneClickUrl, type LocalRunFixture, startLocalRunFixture } from './local-run-fixture.ts';

let run: LocalRunFixture;
beforeAll(async () => {
  run = await startLocalRunFixture();
});
afterAll(() => run?.close());

const ann = 'ann@example.org';
const ben = 'ben@example.org';
const issueNow = () => run.seedpress('issue', 'compose', 'daily', '--yes');

/** The ledger's line of the issue that a command told of. */
const parseDelivered = (said: string) => {
  const counts = /planned (\d+) = sent (\d+) \+ failed (\d+) \+ suppressed (\d+) \+ uncertain (\d+)(.*)/.exec(said);
  const [planned, sent, failed, suppressed, uncertain] = counts?.slice(1, 6).map(Number) ?? [];
  // None waits.
  expect(counts?.[6]).toBe('');
  return { planned, sent, failed, suppressed, uncertain };
};

test.skipIf(!hasChromium)(
  'in a browser (needs Chromium): sign up, confirm, get an issue, leave with one click, get none',
  async () => {
    await run.waitUntilPublished('/subscribe');
    await run.subscribe(ben);
    const browser = await startChromium();
    try {
      const page = await browser.newPage();
      await page.goto(`${run.site}/subscribe`);
      await page.getByLabel('Email address').fill(ann);
      await page.getByLabel('Daily digest').check();
      await page.getByRole('button', { name: 'Sign up' }).click();
      await page.getByRole('heading', { name: 'Check your inbox' }).waitFor();

      await page.goto(run.inbox);
      await page
        .getByRole('listitem')
        .filter({ hasText: ann })
        .getByRole('link', { name: /^Confirm/ })
        .click();
      const opened = page.waitForEvent('popup');
      await page
        .frameLocator('iframe')
        .getByRole('link', { name: /confirm/i })
        .first()
        .click();
      const confirmation = await opened;
      // Looking changed nothing: whoever opens links before the reader does confirms nothing.
      expect(run.listMailsTo(ann)).toHaveLength(1);
      await confirmation.getByRole('button').click();
      await confirmation.getByRole('heading', { name: 'You are subscribed' }).waitFor();
      expect(run.listMailsTo(ann).map(({ subject }) => subject)).toEqual([
        expect.stringMatching(/^Confirm/),
        expect.stringMatching(/^Welcome/),
      ]);
    } finally {
      await browser.close();
    }

    await run.publish('The lamp is lit again', 'For eleven winters the old tower was dark.');
    expect(parseDelivered(await issueNow())).toEqual({
      planned: 2,
      sent: 2,
      failed: 0,
      suppressed: 0,
      uncertain: 0,
    });
    const issue = run.findLastMailTo(ann);
    expect(issue.subject).toContain('The lamp is lit again');
    for (const part of [issue.html, issue.text]) expect(part).toContain('For eleven winters the old tower was dark.');

    const left = await run.post(findOneClickUrl(issue), { 'List-Unsubscribe': 'One-Click' });
    expect(left.status).toBe(200);
    await run.publish('A seal in the marina', 'It sleeps on the third pontoon.');
    expect(parseDelivered(await issueNow())).toMatchObject({ planned: 1, sent: 1 });
    expect(run.findLastMailTo(ben).subject).toContain('A seal in the marina');
    expect(run.findLastMailTo(ann).id).toBe(issue.id);
  },
);

test('whose mail bounces and who complains gets nothing more; the numbers of the issues add up', async () => {
  const lost = ['laterbounce@example.org', 'latercomplaint@example.org', 'laterrejected@example.org'];
  await run.waitUntilPublished('/subscribe');
  for (const email of ['dora@example.org', ...lost]) await run.subscribe(email);
  await run.publish('The bell buoy is back', 'It was found nine miles out.');
  const first = parseDelivered(await issueNow());
  expect(first.planned).toBe((first.sent ?? 0) + (first.failed ?? 0));
  expect(first.failed).toBe(1);
  expect(lost.map((email) => run.listMailsTo(email).length)).toEqual([3, 3, 2]);
  expect(run.listMailsTo(lost[0] ?? '').map(({ outcome }) => outcome)).toEqual(['delivered', 'delivered', 'bounce']);

  await run.publish('Nets to be mended on Monday', 'Bring a needle.');
  const second = parseDelivered(await issueNow());
  expect(second.sent).toBe((first.planned ?? 0) - lost.length);
  expect(run.findLastMailTo('dora@example.org').subject).toContain('Nets to be mended on Monday');
  for (const email of lost.slice(0, 2)) expect(run.listMailsTo(email)).toHaveLength(3);
});

test('four weeks pass in seconds: every issue at its time, with what was dated before it', async () => {
  await run.waitUntilPublished('/subscribe');
  await run.subscribe('wim@example.org', 'weekly');
  await run.subscribe('dan@example.org');
  await run.seedpress('issue', 'compose', 'weekly', '--yes');
  await run.seedpress('issue', 'compose', 'daily', '--yes');
  const before = {
    wim: run.listMailsTo('wim@example.org').length,
    dan: run.listMailsTo('dan@example.org').length,
  };
  const zone = 'Europe/Lisbon';
  const start = DateTime.fromJSDate(run.servers.clock.now(), { zone });
  const days = [2, 9, 10, 16, 23].map((inDays) => start.plus({ days: inDays }));
  for (const day of days) {
    const date = day.toISODate();
    await run.publish(`Tides of ${date}`, 'High water at noon.', `date: ${date}\n`);
  }

  const said = await run.seedpress('clock', 'advance', '4w');
  const daily = days.map(
    (day) => `${day.setLocale('en-GB').toFormat('ccc d MMM yyyy')}, 07:00  1 article  Tides of ${day.toISODate()}`,
  );
  const dailyLines = said.split('\n').filter((line) => line.startsWith('daily-'));
  expect(dailyLines.map((line) => line.replace(/^daily-\d+ +/, ''))).toEqual(daily);
  expect(said).toMatch(/^4 weeks passed, \d+ issues\./m);
  expect(run.listMailsTo('dan@example.org').length - before.dan).toBe(days.length);
  expect(run.listMailsTo('wim@example.org').slice(before.wim).length).toBe(said.match(/^weekly-/gm)?.length);
  expect(run.listMailsTo('wim@example.org').at(-1)?.at).toBeGreaterThan(start.plus({ weeks: 3 }).toMillis());

  expect(await run.seedpress('status')).toContain('28 days ahead');
  // The rule of every few minutes may just have queued one.
  await expect.poll(() => run.seedpress('status')).toMatch(/^Messages +none waiting$/m);
});

test('every answer under /subscriptions has the security headers, from the function or not', async () => {
  await run.waitUntilPublished('/subscribe');
  const requests: [path: string, init?: RequestInit][] = [
    ['/subscriptions/elsewhere'],
    ['/subscriptions-elsewhere'],
    ['/subscriptions/confirm?token=x'],
    ['/subscriptions/preferences', { method: 'DELETE' }],
    ['/subscriptions/erase', { method: 'POST', body: new URLSearchParams({ token: 'x'.repeat(9000) }) }],
  ];
  const statuses: number[] = [];
  for (const [path, init] of requests) {
    const { status, headers } = await fetch(run.site + path, init);
    statuses.push(status);
    expect(Object.fromEntries(headers), path).toMatchObject(subscriptionsHeaders);
  }
  expect(statuses).toEqual([404, 404, 400, 405, 413]);
});

test('a reader erases their data by a link that is mailed, and the erasure is kept for a restored table', async () => {
  const eve = 'eve@example.org';
  await run.subscribe(eve);
  const findToken = (page: string): string =>
    new RegExp(`/subscriptions/${page}\\?token=(\\S+)`).exec(run.findLastMailTo(eve).text)?.[1] ?? '';
  const preferences = findToken('preferences');
  const asked = await run.post(`${run.site}/subscriptions/erase`, { token: preferences });
  expect([asked.status, await asked.text()]).toEqual([200, expect.stringContaining('Check your inbox')]);
  expect(await run.seedpress('subscribers', 'show', eve)).toContain('active');
  expect(run.findLastMailTo(eve).subject).toMatch(/^Your data at/);
  const token = findToken('erase');
  const exported = await run.post(`${run.site}/subscriptions/export`, { token });
  expect(await exported.json()).toMatchObject({ subscriber: { email: eve } });
  const erased = await run.post(`${run.site}/subscriptions/erase`, { token });
  expect([erased.status, await erased.text()]).toEqual([200, expect.stringContaining('Your data is erased')]);
  expect(await run.seedpress('subscribers', 'show', eve)).toContain('erased');
  expect(await run.seedpress('subscribers', 'restore-erasures')).toMatch(/^1 recorded erasure, of which 0 /);
});
