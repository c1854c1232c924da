import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hasChromium, startChromium, startSitePageServer } from './browser.ts';
import { renderAllPages } from './pages.ts';
import { createSitePage } from './site-page-fixture.ts';

const ours = renderAllPages(createSitePage());
const arabic = renderAllPages(createSitePage({ language: 'ar', title: 'جريدة الميناء' }));
const pages: Record<string, string> = {
  ...ours,
  ...Object.fromEntries(
    ['home', 'article', 'article-rtl', 'month', 'subscribe-sign-up', 'invalid-sign-up', 'preferences'].map(
      (name) => [`arabic-${name}`, arabic[name] ?? ''],
    ),
  ),
};

const looks = [
  { colorScheme: 'light', width: 360 },
  { colorScheme: 'dark', width: 360 },
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 1280 },
] as const;

const rules = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  rules: { 'target-size': { enabled: true } },
};
const violations = z.array(
  z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string(), failureSummary: z.string() })) }),
);

const runAxe = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe.source);
  const found = await page.evaluate(
    `axe.run(${JSON.stringify(rules)}).then((results) => results.violations)`,
  );
  return violations
    .parse(found)
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`));
};

if (!hasChromium) console.warn('Pages are not looked at in a browser: there is no /usr/bin/chromium.');

describe.skipIf(!hasChromium)('in a browser', () => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof startSitePageServer>>;

  beforeAll(async () => {
    browser = await startChromium();
    site = await startSitePageServer(pages);
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
  });

  describe.each(looks)('$colorScheme, $width pixels wide', ({ colorScheme, width }) => {
    it('every page passes WCAG 2.2 AA', async () => {
      const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
      const failures: Record<string, string[]> = {};
      for (const name of Object.keys(pages)) {
        await page.goto(`${site.origin}/${name}`);
        const found = await runAxe(page);
        if (found.length > 0) failures[name] = found;
      }
      await page.close();
      expect(failures).toEqual({});
    });
  });

  it('faint letters and targets too small to hit are noticed', async () => {
    const page = await browser.newPage();
    await page.setContent(
      '<style>p{color:#aaa;background:#fff}a{display:block;width:9px;height:9px}</style><p>faint</p><a href="/a">a</a><a href="/b">b</a>',
    );
    const found = (await runAxe(page)).map((failure) => failure.replace(/:.*/s, ''));
    await page.close();
    expect(found).toEqual(expect.arrayContaining(['color-contrast', 'target-size']));
  });

  it('no page is wider than a screen of 320 pixels', async () => {
    const page = await browser.newPage({ viewport: { width: 320, height: 800 } });
    const wide: string[] = [];
    for (const name of Object.keys(pages)) {
      await page.goto(`${site.origin}/${name}`);
      const width = await page.evaluate('document.documentElement.scrollWidth');
      if (width !== 320) wide.push(`${name}: ${width}`);
    }
    await page.close();
    expect(wide).toEqual([]);
  });

  it('nothing on a page offends against the security policy, and all of it loads', async () => {
    const page = await browser.newPage();
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('requestfailed', (request) => {
      // Going on to the next page breaks off what was still loading.
      if (request.failure()?.errorText !== 'net::ERR_ABORTED') said.push(`failed: ${request.url()}`);
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(site.origin)) said.push(`elsewhere: ${request.url()}`);
    });
    for (const name of Object.keys(ours)) await page.goto(`${site.origin}/${name}`);
    await page.close();
    expect(said).toEqual([]);
  });

  it('the first Tab leads past the masthead', async () => {
    const page = await browser.newPage();
    await page.goto(`${site.origin}/article`);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    const inMain = await page.evaluate('document.querySelector("main").contains(document.activeElement)');
    await page.close();
    expect(inMain).toBe(true);
  });

  it('a feed address is selected whole when the keyboard reaches it', async () => {
    const page = await browser.newPage();
    await page.goto(`${site.origin}/subscribe`);
    await page.locator('#feed-rss').press('Control+a');
    expect(await page.evaluate('getSelection().toString()')).toBe('https://harbour-gazette.example/rss.xml');
    await page.close();
  });
});
