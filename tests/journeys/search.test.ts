import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAxeViolations, wcagTags } from '../core/site/axe.ts';
import { hasChromium, startChromium } from '../core/site/browser.ts';
import { type LocalRunFixture, startLocalRunFixture } from './local-run-fixture.ts';

if (!hasChromium) console.warn('The search is not tried in a browser: there is no /usr/bin/chromium.');

describe.skipIf(!hasChromium)('the search page', () => {
  let run: LocalRunFixture;
  let browser: Browser;
  let page: Page;
  const said: string[] = [];
  const requested: string[] = [];

  beforeAll(async () => {
    [run, browser] = await Promise.all([startLocalRunFixture(), startChromium()]);
    page = await browser.newPage({ viewport: { width: 360, height: 800 } });
    page.on('console', (message) => said.push(message.text()));
    page.on('request', (request) => requested.push(request.url()));
  });
  afterAll(async () => {
    await browser?.close();
    await run?.close();
  });

  const publishArticles = async (): Promise<void> => {
    const old = 'date: 2020-02-05\n';
    await run.publish(
      'Alte Hafenordnung',
      'Der Hafenmeister <script>alert(1)</script> schrieb sie.',
      `language: de\n${old}`,
    );
    const ferries = Array.from({ length: 11 }, (_, index) => `Ferry ${index + 1}`);
    for (const ferry of ferries) await run.publish(ferry, 'A harbour ferry.', old);
    await run.publish('Low tide', 'The ferry waits in the harbour, as of old.');
    // In any order, and in several builds.
    const keys = ['alte-hafenordnung', 'low-tide', ...ferries.map((ferry) => ferry.toLowerCase().replace(' ', '-'))];
    for (const key of keys) await expect.poll(() => run.printed.join()).toContain(`published  key=${key}.md`);
  };

  const readStatus = () => page.getByRole('status').textContent();
  const listTitles = () => page.locator('#page-results h2').allTextContents();

  test('finds as one types, tells how many, and keeps what is typed in the browser', async () => {
    await publishArticles();
    await page.goto(`${run.site}/search`);
    await page.keyboard.press('Tab');
    await page.getByRole('searchbox').focus();
    await page.keyboard.type('tide');
    await expect.poll(readStatus).toBe('Articles found: 1');
    expect(await listTitles()).toEqual(['Low tide']);
    expect(page.url()).toBe(`${run.site}/search?q=tide`);
    expect(requested.filter((url) => url.includes('tide'))).toEqual([]);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('zebra');
    await page.keyboard.press('Enter');
    await expect.poll(readStatus).toBe('No article has all of these words.');
  });

  test('shows an address that was shared, ten results at a time, and goes on by keyboard', async () => {
    await page.goto(`${run.site}/search?q=ferry`);
    await expect.poll(readStatus).toBe('Articles found: 12');
    expect(await listTitles()).toHaveLength(10);
    await page.getByRole('button', { name: 'More results' }).press('Enter');
    await expect.poll(listTitles).toHaveLength(12);
    expect(await page.getByRole('button', { name: 'More results' }).isVisible()).toBe(false);
    expect(
      await page.evaluate(
        'document.activeElement.closest("article") === document.querySelectorAll("#page-results article")[10]',
      ),
    ).toBe(true);
  });

  test('finds compounds, and marks another language', async () => {
    await page.goto(`${run.site}/search?q=meister`);
    await expect.poll(listTitles).toEqual(['Alte Hafenordnung']);
    expect(await page.locator('#page-results [lang=de]').count()).toBe(2);
  });

  test('passes WCAG 2.2 AA with results, and its policy', async () => {
    const looks = [
      { colorScheme: 'light', width: 360 },
      { colorScheme: 'dark', width: 1280 },
    ] as const;
    const reports = await findAxeViolations(page, looks, { tags: [...wcagTags, 'best-practice'] });
    expect(reports.flatMap(({ violations }) => violations)).toEqual([]);
    expect(said).toEqual([]);
    const { headers } = await fetch(`${run.site}/search`);
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
    expect((await fetch(run.site)).headers.get('content-security-policy')).not.toMatch(/script-src|connect-src/);
  });

  test('leads on from an address with a slash at the end, and is described for browsers', async () => {
    const moved = await fetch(`${run.site}/search/`, { redirect: 'manual' });
    expect([moved.status, moved.headers.get('location')]).toEqual([301, '/search']);
    expect(await (await fetch(`${run.site}/opensearch.xml`)).text()).toContain(
      `template="${run.site}/search?q={searchTerms}"`,
    );
  });

  test('without script is a list of months', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const plain = await context.newPage();
    await plain.goto(`${run.site}/search`);
    expect(await plain.locator('main').innerText()).toContain('The search needs JavaScript');
    expect(await plain.getByRole('searchbox').isVisible()).toBe(false);
    expect(await plain.getByRole('link', { name: 'February' }).getAttribute('href')).toBe('/archive/2020-02');
    await context.close();
  });
});
