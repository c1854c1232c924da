import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAxeViolations, type LookReport, type PageLook, setPageLook, wcagTags } from './axe.ts';
import { hasChromium, startChromium, startSitePageServer } from './browser.ts';
import { renderAllPages } from './pages.ts';
import { createSitePage } from './site-page-fixture.ts';

const ours = renderAllPages(createSitePage());
const arabic = renderAllPages(createSitePage({ language: 'ar', title: 'جريدة الميناء' }));
const pages: Record<string, string> = {
  ...ours,
  ...Object.fromEntries(
    [
      'home',
      'article',
      'article-rtl',
      'month',
      'search',
      'issue',
      'subscribe-sign-up',
      'invalid-sign-up',
      'preferences',
    ].map((name) => [`arabic-${name}`, arabic[name] ?? '']),
  ),
};

const looks = [
  { colorScheme: 'light', width: 360 },
  { colorScheme: 'dark', width: 360 },
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 1280 },
] as const;

const findViolations = (page: Page, ...seen: PageLook[]): Promise<LookReport[]> =>
  findAxeViolations(page, seen, { tags: [...wcagTags, 'best-practice'], enabledRules: ['target-size'] });

if (!hasChromium) console.warn('Pages are not looked at in a browser: there is no /usr/bin/chromium.');

describe.skipIf(!hasChromium)('in a browser', () => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof startSitePageServer>>;

  /** Each page is loaded once for all looks. */
  const violations: { look: PageLook; page: string; found: readonly string[] }[] = [];
  const widePages: string[] = [];

  beforeAll(async () => {
    browser = await startChromium();
    site = await startSitePageServer(pages);
    const page = await browser.newPage();
    for (const name of Object.keys(pages)) {
      await page.goto(`${site.origin}/${name}`);
      for (const { look, violations: found } of await findViolations(page, ...looks))
        if (found.length > 0) violations.push({ look, page: name, found });
      await setPageLook(page, { colorScheme: 'light', width: 320 });
      const width = await page.evaluate('document.documentElement.scrollWidth');
      if (width !== 320) widePages.push(`${name}: ${width}`);
    }
    await page.close();
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
  });

  it.each(looks)('$colorScheme, $width pixels wide: every page passes WCAG 2.2 AA', (look) => {
    expect(violations.filter((each) => each.look === look)).toEqual([]);
  });

  it('no page is wider than a screen of 320 pixels', () => {
    expect(widePages).toEqual([]);
  });

  it('faint letters and targets too small to hit are noticed', async () => {
    const page = await browser.newPage();
    await page.setContent(
      '<style>p{color:#aaa;background:#fff}a{display:block;width:9px;height:9px}</style><p>faint</p><a href="/a">a</a><a href="/b">b</a>',
    );
    const reports = await findViolations(page, ...looks);
    await page.close();
    for (const { violations: found } of reports)
      expect(found.map((failure) => failure.replace(/:.*/s, ''))).toEqual(
        expect.arrayContaining(['color-contrast', 'target-size']),
      );
  });

  it('faint letters and small targets of one color scheme are noticed', async () => {
    const page = await browser.newPage();
    await page.setContent(
      '<style>a{display:block;height:40px}@media (prefers-color-scheme:dark){p{color:#aaa}.s{height:9px;width:9px}}</style><p>faint</p><a class="s" href="/a">a</a><a class="s" href="/b">b</a>',
    );
    const [light, dark] = await findViolations(page, ...looks);
    await page.close();
    const list = (report: LookReport | undefined) => report?.violations.map((failure) => failure.replace(/:.*/s, ''));
    expect(list(light)).not.toEqual(expect.arrayContaining(['color-contrast']));
    expect(list(dark)).toEqual(expect.arrayContaining(['color-contrast', 'target-size']));
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

  it('an issue and an article are printed without forms and menus', async () => {
    const page = await browser.newPage();
    await page.emulateMedia({ media: 'print' });
    for (const name of ['issue', 'article-with-ways-on']) {
      await page.goto(`${site.origin}/${name}`);
      expect(await page.locator('form:visible, nav:visible').count(), name).toBe(0);
    }
    await page.close();
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

  it('addresses to copy are not cut off on a screen of 320 pixels', async () => {
    const page = await browser.newPage({ viewport: { width: 320, height: 640 } });
    for (const name of ['subscribe', 'article-with-ways-on']) {
      await page.goto(`${site.origin}/${name}`);
      const cut = await page.evaluate(
        '[...document.querySelectorAll("details")].forEach((one) => { one.open = true }), [...document.querySelectorAll("[readonly]")].filter((one) => one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight).map((one) => one.id)',
      );
      expect({ name, cut }).toEqual({ name, cut: [] });
    }
    await page.close();
  });

  it('a feed address is selected whole when the keyboard reaches it', async () => {
    const page = await browser.newPage();
    await page.goto(`${site.origin}/subscribe`);
    await page.locator('#feed-rss').press('Control+a');
    expect(await page.evaluate('getSelection().toString()')).toBe('https://harbour-gazette.example/rss.xml');
    await page.close();
  });
});
