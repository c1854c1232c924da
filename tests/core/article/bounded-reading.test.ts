import { describe, expect, test } from 'vitest';
import { parseSeed } from '../../../functions/core/article/parse-seed.ts';
import { type Article, SeedRejected } from '../../../functions/core/article.ts';
import { measureCpuMs } from '../../measure-cpu-ms.ts';

const paragraph = '<p>The harbour reopened on Monday after three days of storm, and the first ferry left full.</p>';
const buildBarePage = (body: string): string => `<h1>Harbour</h1>${paragraph}${body}`;
/** With chrome, so that its blocks are compared. */
const buildPage = (head: string, body = ''): string =>
  `<html><head>${head}</head><body><nav><a href="/">Home</a></nav><article><h1>Harbour</h1>${paragraph}${body}</article></body></html>`;
const buildJsonLd = (article: string): string =>
  `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Harbour",${article}}</script>`;

const read = (key: string, content: string): Article =>
  parseSeed({
    key,
    bytes: new TextEncoder().encode(content),
    timeZone: 'UTC',
    uploadedAt: '2026-11-20T12:00:00.000Z',
    site: 'https://news.example',
  });

/** Each of these took ten times as long or longer, or never ended, where time grew with the square of the size. */
const maxCpuMs = 2_500;

describe('a page is read in time proportional to its size', () => {
  test.each([
    ['an author of @', buildPage(`<meta name=author content="${'@'.repeat(8_000)}">`)],
    ['an author of digits', buildPage(`<meta name=author content="${'0'.repeat(120_000)}">`)],
    ['an author of hyphens', buildPage(`<meta name=author content="${'-'.repeat(120_000)}x">`)],
    ['an author of @ in JSON-LD', buildPage(buildJsonLd(`"author":"${'@'.repeat(8_000)}"`))],
    [
      'a title of many parts',
      buildPage(`<title>${'abcd | '.repeat(6_000)}</title><meta property=og:site_name content=abcd>`),
    ],
    [
      'a long description',
      buildPage(
        `<meta name=description content="${'many words '.repeat(20_000)}">`,
        '<p>Some words.</p>'.repeat(1_500),
      ),
    ],
    ['blanks in code', buildBarePage(`<pre>${' '.repeat(120_000)}x</pre>`)],
    ['tabs in code', buildBarePage(`<pre>${'\t'.repeat(120_000)}x</pre>`)],
    ['tabs in a width', buildBarePage(`<img src=a.png width="0${'\t'.repeat(120_000)}p">`)],
    ['an image address', buildPage('', `<img src="${'blank'.repeat(100_000)}/">`)],
    ['a picture of many images', buildPage('', `<picture>${'<source media=x><img>'.repeat(4_000)}</picture>`)],
    ['captions', buildPage('', '<figcaption>a</figcaption>'.repeat(6_000))],
    [
      'attributes of the body',
      buildPage('', Array.from({ length: 20_000 }, (_, index) => `<body a${index}>`).join('')),
    ],
    ['tags within tags', buildPage('', `${'<a '.repeat(1_900)}>`.repeat(100))],
    [
      'a long class above many dates',
      buildPage('', `<div class="${'ab '.repeat(100_000)}">${'<time>x</time>'.repeat(6_000)}</div>`),
    ],
    [
      'a long address above many blocks',
      buildPage('', `<a href="https://a.example/${'a'.repeat(200_000)}">${'<div>a</div>'.repeat(3_000)}</a>`),
    ],
    ['bylines within each other', buildPage('', '<div class=byline>'.repeat(240) + 'some words '.repeat(30_000))],
    ['wrappers within each other', buildPage('', '<font>'.repeat(240) + 'a<br>'.repeat(15_000))],
  ])('%s', (_, html) => {
    const cpuMs = measureCpuMs(() => {
      try {
        expect(read('a.html', html).text).toContain('The harbour reopened');
      } catch (error) {
        if (!(error instanceof SeedRejected)) throw error;
      }
    });
    expect(cpuMs).toBeLessThan(maxCpuMs);
  });
});

describe('what is nested or repeated a million times is read', () => {
  test.each([
    ['a wrapper of 150,000 nodes', 'a.html', buildBarePage(`<font>${'a<br>'.repeat(75_000)}</font>`)],
    [
      'JSON-LD in JSON-LD',
      'a.html',
      buildPage(buildJsonLd(`"image":${'{"url":'.repeat(100_000)}1${'}'.repeat(100_000)}`)),
    ],
    ['the number of a character', 'a.html', buildBarePage(`<p>&#${'1'.repeat(400)};</p>`)],
  ])('%s', (_, key, content) => {
    expect(read(key, content).title).toBe('Harbour');
  });
});

test.each([
  ['a word of 9 MB', 'a.txt', `Harbour\n\n${'é'.repeat(4_500_000)}`],
  ['marks of 9 MB on one letter', 'a.txt', `Harbour\n\na${'\u0301'.repeat(4_500_000)} end`],
  ['a word of 9 MB in Markdown', 'a.md', `# Harbour\n\n${'é'.repeat(4_500_000)}`],
  ['a word of 6 MB in HTML', 'a.html', buildBarePage(`<p>${'漢'.repeat(2_000_000)}</p>`)],
])('%s is refused with the reason', (_, key, content) => {
  expect(() => read(key, content)).toThrow(new SeedRejected('The text has a word of more than 1000000 characters.'));
});

test('an image in the text itself is no word', () => {
  const image = `![A map](data:image/png;base64,${'A'.repeat(1_500_000)})`;
  expect(read('a.md', `# Harbour\n\nThe harbour reopened.\n\n${image}\n`).text).toContain('The harbour reopened');
});
