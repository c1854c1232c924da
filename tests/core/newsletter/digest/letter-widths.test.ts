import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, startChromium } from '../../site/browser.ts';
import { buildAllReaderMails, createMailContext } from '../email/render-all-emails.ts';
import { buildTestDigest, digestInput, sampleEntry } from './digest-fixture.ts';

const phoneWidthsPx = [320, 360, 375];
const widePicture =
  'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="90"><rect width="1600" height="90" fill="%23789"/></svg>';

/** The widths of a letter on phones of these widths: the same where nothing is wider than the screen. */
const measureWidths = async (page: Page, html: string, widthsPx: readonly number[]): Promise<unknown[]> => {
  await page.setContent(html.replaceAll(/src="https:[^"]*"/g, `src='${widePicture}'`));
  const found: unknown[] = [];
  for (const width of widthsPx) {
    await page.setViewportSize({ width, height: 800 });
    found.push(await page.evaluate('document.documentElement.scrollWidth'));
  }
  return found;
};

const nest = (html: string, opening: string, closing: string, depth: number): string =>
  opening.repeat(depth) + html + closing.repeat(depth);

const word = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...'abcdefghijklmnoprstuvwWM0123456789') }),
  fc.constantFrom(
    'https://news.example/a/very/long/address/without/any/blank?with=parameters&and=more',
    'Donaudampfschifffahrtsgesellschaftskapitän',
    'WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW',
    '港の漁師たちは三か月ぶりに古い港へ戻った。',
    'الميناء القديم',
    '1\u00a0234\u00a0567\u00a0890\u00a0EUR\u00a0per\u00a0year',
  ),
);
const escapedWords = fc
  .array(word, { minLength: 1, maxLength: 6 })
  .map((words) => words.join(' ').replaceAll('&', '&amp;'));
const picture = fc
  .constantFrom('', ' width="24"', ' width="900"')
  .map((width) => `<img src="https://news.example/p.jpg" alt="A picture"${width} />`);
const cellContent = fc.oneof({ arbitrary: escapedWords, weight: 5 }, picture, fc.constant(''));

const table = fc
  .record({
    columns: fc.integer({ min: 1, max: 14 }),
    rows: fc.integer({ min: 1, max: 8 }),
    cells: fc.array(cellContent, { minLength: 14, maxLength: 14 }),
    hasHead: fc.boolean(),
    caption: fc.option(escapedWords),
    span: fc.constantFrom('', ' colspan="2"'),
  })
  .map(({ columns, rows, cells, hasHead, caption, span }) => {
    const toRow = (tag: string, shift: number): string =>
      `<tr>${Array.from({ length: columns }, (_, column) => `<${tag}${column === 0 && shift === 1 ? span : ''}>${cells[(column + shift) % cells.length]}</${tag}>`).join('')}</tr>`;
    const body = Array.from({ length: rows }, (_, row) => toRow('td', row + 1)).join('');
    return `<table>${caption ? `<caption>${caption}</caption>` : ''}${hasHead ? `<thead>${toRow('th', 0)}</thead>` : ''}<tbody>${body}</tbody></table>`;
  });

const flat = fc.oneof(
  escapedWords.map((words) => `<p>${words}</p>`),
  escapedWords.map((words) => `<p><a href="https://a.example/">${words}</a> <code>${words}</code></p>`),
  escapedWords.map((words) => `<pre><code>${words.repeat(4)}</code></pre>`),
  picture.map((img) => `<figure>${img}<figcaption>A caption</figcaption></figure>`),
  fc.tuple(picture, escapedWords).map(([img, words]) => `<p>${words} ${img} ${words}</p>`),
  table,
);
const nested = fc.tuple(flat, fc.integer({ min: 1, max: 30 }), fc.nat(2)).map(([html, depth, kind]) => {
  if (kind === 0) return nest(html, '<blockquote>', '</blockquote>', depth);
  if (kind === 1) return nest(html, '<ul><li>', '</li></ul>', depth);
  return nest(html, '<ol><li><blockquote>', '</blockquote></li></ol>', Math.ceil(depth / 2));
});
const tableInTable = fc
  .tuple(table, flat)
  .map(([inner, beside]) => `<table><tbody><tr><td>${inner}</td><td>${beside}</td></tr></tbody></table>`);
const letterBodies = fc.array(fc.oneof({ arbitrary: flat, weight: 3 }, nested, tableInTable), {
  minLength: 1,
  maxLength: 6,
});

const buildLetter = (bodies: readonly string[]): string =>
  buildTestDigest({
    ...digestInput,
    entries: bodies.map((html, index) => ({
      ...sampleEntry,
      slug: `${sampleEntry.slug}-${index}`,
      title: index === 0 ? 'Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrikbesitzer' : sampleEntry.title,
      html,
    })),
  }).html;

if (!hasChromium) console.warn('Letters are not measured in a browser: there is no /usr/bin/chromium.');

describe.skipIf(!hasChromium)('a letter on a phone', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await startChromium();
    page = await browser.newPage();
  });
  afterAll(() => browser?.close());

  it('is never wider than the screen, whatever its articles contain', async () => {
    await fc.assert(
      fc.asyncProperty(letterBodies, async (bodies) => {
        expect(await measureWidths(page, buildLetter(bodies), [320])).toEqual([320]);
      }),
      { numRuns: 15 },
    );
  });

  it('is never wider than the screen where it answers a reader', async () => {
    const title = 'Donaudampfschifffahrtsgesellschaftsnachrichtenblatt';
    for (const { html } of Object.values(buildAllReaderMails(createMailContext({ title }))))
      expect(await measureWidths(page, html, [320])).toEqual([320]);
  });

  it.each([
    ['en', 'left'],
    ['ar', 'right'],
  ])('in %s has its button where lines begin: at the %s', async (language, side) => {
    const { confirmation } = buildAllReaderMails(createMailContext({ language }));
    await measureWidths(page, confirmation?.html ?? '', [320]);
    const distance = await page.evaluate(
      `(() => { const edge = (selector) => document.querySelector(selector).getBoundingClientRect().${side}; return Math.abs(edge('.letter p') - edge('.press')); })()`,
    );
    expect(distance).toBeLessThan(5);
  });

  it('shows an icon at its own size within its line, on phones of every width', async () => {
    const html = buildLetter(['<p>Wind <img src="https://news.example/p.png" alt="east" width="24" /> rising</p>']);
    expect(await measureWidths(page, html, phoneWidthsPx)).toEqual(phoneWidthsPx);
    const seen = await page.evaluate(
      "(() => { const icon = document.querySelector('.letter p img'); return [icon.width, icon.parentElement.offsetHeight < 60]; })()",
    );
    expect(seen).toEqual([24, true]);
  });
});
