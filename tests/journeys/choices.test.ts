import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { hasChromium, startChromium } from '../core/site/browser.ts';
import { type LocalRunFixture, startLocalRunFixture } from './local-run-fixture.ts';

if (!hasChromium) console.warn('Choices are not made in a browser: there is no /usr/bin/chromium.');

/** The operator's mail; the settings of the sample name its sender. */
const operator = 'editor@harbour-gazette.example';
const shots = process.env.SEEDPRESS_SHOTS;

describe.skipIf(!hasChromium)('in a browser', () => {
  let run: LocalRunFixture;
  let browser: Browser;
  beforeAll(async () => {
    run = await startLocalRunFixture({ newsletter: { hold: true, topics: ['Boats', 'Council', 'Sport'] } });
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await run?.close();
  });

  /** A phone, whose browser runs no scripts: no page needs any. */
  const openPage = (): Promise<Page> =>
    browser.newPage({ viewport: { width: 360, height: 740 }, javaScriptEnabled: false });
  const expectHeading = async (page: Page, heading: string): Promise<void> => {
    expect(await page.textContent('h1')).toBe(heading);
    expect(await page.evaluate('document.documentElement.scrollWidth'), heading).toBe(360);
  };
  const takeShot = async (page: Page, name: string): Promise<void> => {
    if (shots) await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
  };
  /** Browsers that know no dates or addresses send what others would not. */
  const submitUnchecked = async (page: Page, button: string): Promise<void> => {
    await page.evaluate('for (const form of document.forms) form.noValidate = true');
    await page.getByRole('button', { name: button }).click();
  };
  /** What stands beside the field that the page puts the reader into. */
  const expectProblem = (page: Page, expected: object): Promise<void> =>
    expect.poll(() => page.evaluate(readFocusedField)).toEqual({ isInvalid: 'true', ...expected });
  const readFocusedField = `(() => {
      const field = document.activeElement;
      const ids = (field.getAttribute('aria-describedby') ?? '').split(' ');
      return {
        field: field.name,
        value: field.value,
        isInvalid: field.getAttribute('aria-invalid'),
        problem: ids.map((id) => document.getElementById(id)?.textContent ?? '')[0],
      };
    })()`;
  const listChecked = (page: Page): Promise<string[]> =>
    page.locator('input:checked').evaluateAll((inputs) => inputs.map((input) => input.getAttribute('value') ?? ''));
  const findLink = (to: string, path: string): string =>
    new RegExp(`http\\S+/subscriptions/${path}\\?token=\\S+`).exec(run.findLastMailTo(to).text)?.[0] ?? '';
  const sendIssue = async (cadence: string): Promise<void> => {
    const composed = await run.seedpress('issue', 'compose', cadence, '--yes');
    await run.seedpress('issue', 'approve', new RegExp(`${cadence}-\\d+`).exec(composed)?.[0] ?? '');
    // Who changes their choice before the recipients are written down is still asked for this issue.
    const readState = async () =>
      z
        .array(z.object({ state: z.string() }))
        .parse(JSON.parse(await run.seedpress('issues', '--cadence', cadence, '--limit', '1', '--json')));
    await expect.poll(readState).toEqual([{ state: 'sending' }]);
  };

  const ann = 'ann@example.org';
  const nan = 'nan@example.org';

  test('a reader signs up with a cadence and topics, and changes every choice', async () => {
    await run.waitUntilPublished('/subscribe');
    const page = await openPage();
    await page.goto(`${run.site}/subscribe`);
    await page.getByLabel('Email address').fill('ann@example');
    await page.getByLabel('Daily digest').check();
    await page.getByLabel('Boats').check();
    await page.getByLabel('Sport').check();
    await takeShot(page, 'sign-up');
    await page.getByRole('button', { name: 'Sign up' }).click();
    await expectHeading(page, 'Please check your address');
    await takeShot(page, 'sign-up-refused');
    await expectProblem(page, {
      field: 'email',
      value: 'ann@example',
      problem: expect.stringContaining('Is there a typo in it?'),
    });
    expect(await listChecked(page)).toEqual(['daily', 'boats', 'sport']);
    await page.getByLabel('Email address').fill(ann);
    await page.getByRole('button', { name: 'Sign up' }).click();
    await expectHeading(page, 'Check your inbox');

    await page.goto(findLink(ann, 'confirm'));
    await expectHeading(page, 'Confirm your subscription');
    expect(await page.locator('.standfirst').allTextContents()).toEqual([
      expect.stringContaining(`Daily digest for ${ann}.`),
      'Topics: Boats and Sport.',
    ]);
    await takeShot(page, 'confirm');
    await page.getByRole('button', { name: 'Confirm' }).click();
    await expectHeading(page, 'You are subscribed');
    await takeShot(page, 'confirmed');

    await page.getByRole('link', { name: 'Manage your subscription' }).click();
    expect(await listChecked(page)).toEqual(['daily', 'boats', 'sport']);
    await page.getByLabel('Weekly digest').check();
    await page.getByLabel('Sport').uncheck();
    await page.getByLabel('Council').check();
    await page.getByRole('button', { name: 'Save' }).click();
    expect(await page.getByRole('status').textContent()).toBe('Your choice is saved.');
    await takeShot(page, 'preferences-saved');
    expect(await listChecked(page)).toEqual(['weekly', 'boats', 'council']);

    await page.getByLabel('Council').uncheck();
    await page.getByLabel('Until a day of my choice').check();
    await page.getByLabel('First day after the break').fill('2001-02-03');
    await submitUnchecked(page, 'Save');
    await takeShot(page, 'date-refused');
    await expectProblem(page, {
      field: 'date',
      value: '2001-02-03',
      problem: expect.stringMatching(/^Please choose a day from .* to /),
    });
    expect(await listChecked(page)).toEqual(['pause-date', 'boats']);
    const until = run.servers.clock.now().getTime() + 3 * 24 * 60 * 60 * 1000;
    await page.getByLabel('First day after the break').fill(new Date(until).toISOString().slice(0, 10));
    await page.getByRole('button', { name: 'Save' }).click();
    await expectHeading(page, 'Your subscription');
    await takeShot(page, 'paused');
    expect(await page.textContent('form.saved')).toContain('Your subscription is paused until');

    const texts = { Fog: 'The ferry waits.', Rates: 'They rise.' };
    await run.publish('Fog', texts.Fog, 'topics: Boats\n');
    await run.publish('Rates', texts.Rates, 'topics: Council\n');
    for (const slug of ['fog', 'rates']) await run.waitUntilPublished(`/articles/${slug}`);
    await sendIssue('weekly');
    expect(run.listMailsTo(ann)).toHaveLength(2);
    await page.getByRole('button', { name: 'End the break now' }).click();
    expect(await page.locator('form.saved').count()).toBe(0);
    expect(await listChecked(page)).toEqual(['weekly', 'boats']);

    await page.getByLabel('New email address').fill('nan@example');
    await page.getByRole('button', { name: 'Change address' }).click();
    await expectProblem(page, {
      field: 'email',
      value: 'nan@example',
      problem: expect.stringContaining('Is there a typo in it?'),
    });
    await takeShot(page, 'address-refused');
    await page.getByLabel('New email address').fill(nan);
    await page.getByRole('button', { name: 'Change address' }).click();
    await expectHeading(page, 'Check your new inbox');
    expect(run.listMailsTo(ann)).toHaveLength(2);
    await page.goto(findLink(nan, 'address'));
    await expectHeading(page, 'Confirm your new address');
    expect(await page.textContent('main')).toContain(nan);
    await takeShot(page, 'confirm-address');
    await page.getByRole('button', { name: 'Change address' }).click();
    await expectHeading(page, 'Your address is changed');
    expect(run.findLastMailTo(ann).subject).toMatch(/^Your address at/);

    await run.publish('Tides', 'High at noon.', 'topics: [Boats, Sport]\n');
    await run.waitUntilPublished('/articles/tides');
    await sendIssue('weekly');
    await expect.poll(() => run.findLastMailTo(nan).text).toContain('High at noon.');
    const issue = run.findLastMailTo(nan);
    expect(issue.text).toContain(texts.Fog);
    expect(issue.text).not.toContain(texts.Rates);
    expect(run.listMailsTo(ann)).toHaveLength(3);

    await page.goto(findLink(nan, 'unsubscribe'));
    await expectHeading(page, 'Unsubscribe');
    await takeShot(page, 'unsubscribe');
    await page.getByRole('button', { name: 'Unsubscribe' }).click();
    await expectHeading(page, 'You are unsubscribed');
    await page.getByRole('link', { name: 'Subscribe again' }).click();
    await page.getByLabel('Email address').fill(nan);
    await page.getByLabel('Council').check();
    await page.getByRole('button', { name: 'Sign up' }).click();
    await page.goto(findLink(nan, 'confirm'));
    expect(await page.textContent('main')).toContain('Topics: Council.');
    await page.getByRole('button', { name: 'Confirm' }).click();
    await expectHeading(page, 'You are subscribed');

    await page.getByRole('link', { name: 'Manage your subscription' }).click();
    await page.getByRole('link', { name: 'Download or erase my data' }).click();
    await expectHeading(page, 'Your data');
    await page.getByRole('button', { name: 'Send me the link' }).click();
    await expectHeading(page, 'Check your inbox');
    await page.goto(findLink(nan, 'erase'));
    await takeShot(page, 'data');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download my data' }).click();
    const file = await (await download).path();
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
      subscriber: { email: nan, cadence: 'weekly', topics: ['council'] },
      consentWords: expect.stringContaining('Boats · Council · Sport'),
    });
    await page.getByRole('button', { name: 'Erase' }).click();
    await expectHeading(page, 'Your data is erased');
    await page.close();
    expect(await run.seedpress('subscribers', 'show', nan)).toContain('erased');
  });

  test('an editor writes an introduction, previews again, approves, and readers get it', async () => {
    await run.subscribe('dan@example.org');
    for (const title of ['The ferry is late', 'A bell buoy', 'Tides by hand'])
      await run.publish(title, `It is ${title}.`);
    await run.seedpress('issue', 'compose', 'daily', '--yes');
    const link = findLink(operator, 'approve');
    const page = await openPage();
    await page.goto(link);
    await page.fill('#page-subject', 'A quiet week in the harbour');
    await page.fill('#page-introduction', 'Dear readers,\n\n*nothing* sank.');
    const place = page.locator('.placing li', { hasText: 'The ferry is late' });
    await place.getByLabel('Place').fill('1');
    await page.locator('.placing li', { hasText: 'A bell buoy' }).getByLabel('Leave out').check();
    await takeShot(page, 'edit');
    await page.getByRole('button', { name: 'Save and preview again' }).click();
    await takeShot(page, 'saved');
    await expect.poll(() => run.findLastMailTo(operator).subject).toBe('Approve: A quiet week in the harbour');
    await page.goto(link);
    const titles = ['The ferry is late', 'Tides by hand', 'A bell buoy'];
    const placed = await page.locator('.placing bdi').allTextContents();
    expect(placed.filter((title) => titles.includes(title))).toEqual(titles);
    await expectHeading(page, 'An issue is waiting for your approval');
    await takeShot(page, 'previewed');
    await page.getByRole('button', { name: 'Approve and send' }).click();
    await expectHeading(page, 'The issue was approved');
    await page.close();
    await expect.poll(() => run.findLastMailTo('dan@example.org').subject).toBe('A quiet week in the harbour');
    const mail = run.findLastMailTo('dan@example.org');
    expect(mail.text).toContain('nothing sank.');
    expect(mail.text).not.toContain('A bell buoy');
    const issue = await (await fetch(`${run.site}/issues/daily-1`)).text();
    expect(issue).toContain('<em>nothing</em> sank.');
  });

  test('the command edits the next issue, says what it will be, and sends what was left out', async () => {
    await run.publish('Mist', 'It is thick.');
    await run.seedpress('issue', 'compose', 'daily', '--yes');
    const introduction = join(run.data, 'introduction.md');
    writeFileSync(introduction, 'Good morning.');
    const printed = await run.seedpress(
      ...[
        'issue',
        'edit',
        'daily-2',
        '--introduction',
        introduction,
        '--order',
        'a-bell-buoy.md',
        '--leave-out',
        'mist.md',
      ],
    );
    expect(printed).toMatch(/^Subject +A bell buoy/m);
    expect(printed).toContain('1. A bell buoy');
    expect(printed).toContain('– Mist, left out');
    await run.seedpress('issue', 'approve', 'daily-2');
    await expect.poll(() => run.findLastMailTo('dan@example.org').text).toContain('Good morning.');
    expect(run.findLastMailTo('dan@example.org').text).not.toContain('It is thick.');
  });
});
