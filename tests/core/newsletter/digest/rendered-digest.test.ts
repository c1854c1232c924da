import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAxeViolations, type PageLook, setPageLook } from '../../site/axe.ts';
import { hasChromium, startChromium } from '../../site/browser.ts';
import {
  agencyEntry,
  arabicEntry,
  buildNumberedEntries,
  buildTestDigest,
  digestInput,
  digestPublication,
  digestSite,
  longEntry,
  richEntry,
  sampleEntry,
} from './digest-fixture.ts';

const build = (change: Partial<typeof digestInput>): string => buildTestDigest({ ...digestInput, ...change }).html;

const digests = {
  one: build({}),
  several: build({
    entries: [richEntry, arabicEntry, agencyEntry, longEntry, sampleEntry],
    at: '2026-11-24T07:00:00.000Z',
    hasMore: true,
  }),
  'a hundred': build({
    entries: buildNumberedEntries(100, { ...sampleEntry, title: 'Nine men '.repeat(30) }),
  }),
  none: build({ entries: [] }),
  'right to left': build({
    publication: { ...digestPublication, language: 'ar' },
    entries: [arabicEntry, richEntry, agencyEntry],
  }),
};

const validator = new HtmlValidate(
  new StaticConfigLoader({
    extends: ['html-validate:recommended', 'html-validate:document', 'html-validate:a11y'],
    rules: {
      // Mail programs drop style sheets, and Outlook lays out by tables with attributes of old.
      'no-inline-style': 'off',
      'no-deprecated-attr': 'off',
      'attribute-boolean-style': 'off',
      // Written by the MJML compiler: conditional comments, its own roles, void elements and doctype.
      'no-conditional-comment': 'off',
      'doctype-style': 'off',
      'void-style': 'off',
      'no-trailing-whitespace': 'off',
      'no-redundant-role': 'off',
      'presentation-role-style': 'off',
      'prefer-native-element': 'off',
      'long-title': 'off',
    },
  }),
);

const findProblems = async (html: string): Promise<string[]> => {
  const { results } = await validator.validateString(html, 'digest.html');
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`));
};

describe('the HTML of a digest', () => {
  it.each(Object.entries(digests))('is valid: %s', async (_, html) => {
    expect(await findProblems(html)).toEqual([]);
  });

  it('is reported when invalid', async () => {
    expect(await findProblems(digests.one.replace('</h1>', '</h2>'))).not.toEqual([]);
  });
});

/** A digest has its styles in its elements, so its address has a policy of its own. */
const policy = "default-src 'none'; img-src 'self' https:; style-src 'unsafe-inline'; base-uri 'none'";
const picture =
  '<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="900"><rect width="1600" height="900" fill="#789"/></svg>';

const open = async (browser: Browser, html: string): Promise<Page> => {
  const page = await browser.newPage();
  await page.route(`${digestSite}/**`, (route) =>
    route.request().url().includes('/images/')
      ? route.fulfill({ contentType: 'image/svg+xml', body: picture })
      : route.fulfill({
          contentType: 'text/html; charset=utf-8',
          headers: { 'content-security-policy': policy },
          body: html,
        }),
  );
  await page.goto(`${digestSite}/digest/daily.html`);
  return page;
};

const looks = [
  { colorScheme: 'light', width: 360 },
  { colorScheme: 'dark', width: 360 },
  { colorScheme: 'light', width: 700 },
  { colorScheme: 'dark', width: 700 },
] as const;
if (!hasChromium) console.warn('Digests are not looked at in a browser: there is no /usr/bin/chromium.');

describe.skipIf(!hasChromium)('a digest in a browser', () => {
  let browser: Browser;
  /** Each digest is loaded once for all looks. */
  const failures: { look: PageLook; failure: string }[] = [];
  beforeAll(async () => {
    browser = await startChromium();
    for (const [name, html] of Object.entries(digests)) {
      const page = await open(browser, html);
      for (const { look, violations, width } of await findAxeViolations(page, looks)) {
        for (const violation of violations) failures.push({ look, failure: `${name}: ${violation}` });
        if (width !== look.width) failures.push({ look, failure: `${name}: ${width} pixels wide` });
      }
      await page.close();
    }
  });
  afterAll(() => browser?.close());

  it.each(looks)('passes WCAG 2.2 AA and fits: $colorScheme, $width pixels wide', (look) => {
    expect(failures.filter((each) => each.look === look)).toEqual([]);
  });

  it('is dark where the reader wants it dark, and shows no preheader', async () => {
    const paper = async (look: PageLook): Promise<unknown> => {
      const page = await open(browser, digests.several);
      await setPageLook(page, look);
      const seen = await page.evaluate(
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector('h2 a')).color, document.body.innerText.indexOf('Read in your browser')]",
      );
      await page.close();
      return seen;
    };
    expect(await paper(looks[0])).toEqual(['rgb(251, 249, 244)', 'rgb(29, 27, 24)', 0]);
    expect(await paper(looks[1])).toEqual(['rgb(25, 24, 22)', 'rgb(241, 236, 226)', 0]);
  });
});
