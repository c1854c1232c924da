import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SeedRejected } from '../../../../functions/core/article.ts';
import { measureCpuMs } from '../../../measure-cpu-ms.ts';
import { findRejection, readHtmlSeed } from './html-seed.ts';

const paragraphs = [
  'The harbour reopened on Monday after three days of storm, and the first ferry left with every seat taken.',
  'Fishing boats had waited since Friday, the harbour master said, and some of their catch had to be thrown away.',
  'Two of the lamps at the north mole are still dark; a diver will look at the cable when the water is calmer.',
];
const story = paragraphs.map((text) => `<p>${text}</p>`).join('');

describe('a page written by hand loses nothing', () => {
  test.each([
    ['a fragment', `<h1>Harbour</h1>${story}<ul><li>one</li><li>two</li></ul><p>Ann</p>`],
    [
      'a whole document',
      `<!doctype html><html><head><title>Harbour</title></head><body><h1>Harbour</h1>${story}<ul><li>one</li><li>two</li></ul><p>Ann</p></body></html>`,
    ],
    [
      'its own classes',
      `<article class="story"><h1 class="big">Harbour</h1>${story}<ul><li>one</li><li>two</li></ul><p>Ann</p></article>`,
    ],
  ])('%s', (_, html) => {
    const article = readHtmlSeed(html);
    expect(article.title).toBe('Harbour');
    expect(article.text).toBe([...paragraphs, '- one\n- two', 'Ann'].join('\n\n'));
    expect(article.cut).toEqual([]);
  });

  test('text without any paragraph', () => {
    expect(readHtmlSeed('<h1>Note</h1>Shut on Sunday.<br>Open on Monday.').text).toBe(
      'Shut on Sunday.\nOpen on Monday.',
    );
  });

  test('right to left', () => {
    const article = readHtmlSeed('<html lang="he"><h1>שלום עולם</h1><p dir="rtl">טקסט קצר.</p>');
    expect(article).toMatchObject({ title: 'שלום עולם', text: 'טקסט קצר.', language: 'he' });
    expect(article.html).toContain('dir="rtl"');
  });
});

test('page chrome is cut and listed, the story stays whole', () => {
  const article = readHtmlSeed(`<html><head><title>Harbour | The Quay</title></head><body>
    <nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
    <main><article><h1>Harbour</h1><p class="byline">By Ann Lee</p>
    <div class="share"><a href="https://facebook.com/sharer?u=x">Share this article</a></div>
    <div class="article-body">${story}</div>
    <div class="related"><h3>Related articles</h3><ul><li><a href="/a">Boats of the year</a></li><li><a href="/b">How to tie a bowline</a></li></ul></div>
    </article></main>
    <div id="comments"><h2>Leave a comment</h2><p>Your email address will not be published.</p></div>
    <footer><p>© 2024 The Quay. All rights reserved.</p></footer></body></html>`);
  expect(article.text).toBe(paragraphs.join('\n\n'));
  expect(article.cut.map(({ text }) => text)).toEqual(
    expect.arrayContaining([
      'Home',
      'Share this article',
      'Boats of the year',
      'Leave a comment',
      '© 2024 The Quay. All rights reserved.',
    ]),
  );
});

test('a story laid out with tables and fonts is read as paragraphs', () => {
  const cells = paragraphs.map((text) => `<font size="2">${text}</font><br><br>`).join('');
  const article = readHtmlSeed(
    `<body bgcolor="#fff"><table><tr><td><a href="/">Home</a><br><a href="/news">News</a></td><td><h1>Harbour</h1><table><tr><td>${cells}</td></tr></table></td></tr></table></body>`,
  );
  for (const text of paragraphs) expect(article.text).toContain(text);
  expect(article.text).not.toContain('Home');
  expect(article.html).not.toContain('<table');
});

test('captions stay with their pictures, but are not in the plain text', () => {
  const figure =
    '<figure><img src="https://quay.example/a.jpg" alt=""><figcaption>The north mole</figcaption></figure>';
  const article = readHtmlSeed(`<h1>Harbour</h1>${story}${figure}`);
  expect(article.html).toContain('The north mole');
  expect(article.text).not.toContain('The north mole');
});

test('headings that expand a part of the page are kept', () => {
  const article = readHtmlSeed(
    `<h1>Harbour</h1>${story}<button aria-expanded="false">When does it shut?</button><p>At ten.</p><button>Print</button>`,
  );
  expect(article.text).toContain('When does it shut?');
  expect(article.text).not.toContain('Print');
});

describe('text in an element that is never closed is listed as cut', () => {
  test.each([
    '<math>',
    '<svg>',
    '<select><option>',
    '<textarea>',
    '<noscript>',
    '<iframe>',
    '<object>',
    '<template>',
    '<button>',
    '<script>',
    '<style>',
    '<!--',
  ])('%s', (tag) => {
    const article = readHtmlSeed(`<h1>Harbour</h1>${story}${tag}Nobody reads this.`);
    expect(article.text).toBe(paragraphs.join('\n\n'));
    expect(article.cut).toEqual([{ text: 'Nobody reads this.', reason: 'in an element that is never closed' }]);
  });

  test('and that of one that is closed is not', () => {
    const html = `<h1>Harbour</h1>${story}<script>run()</script><select><option>One<option>Two</select><!-- note -->`;
    expect(readHtmlSeed(html).cut).toEqual([{ text: 'note', reason: 'comment' }]);
  });

  test.each(['<xmp>', '<plaintext>', '<listing>'])('but %s is read', (tag) => {
    expect(readHtmlSeed(`<h1>Harbour</h1>${story}${tag}All read this.`).text).toContain('All read this.');
  });
});

describe('refused with a reason', () => {
  test.each([
    ['', 'There is no headline'],
    ['<h1>Harbour</h1>', 'There is no text'],
    ['<frameset><frame src="a.html"></frameset>', 'set of frames'],
    ['<div>'.repeat(100_000), 'nested more than'],
    [`<p ${Array.from({ length: 5000 }, (_, index) => `a${index}`).join(' ')}>`, 'attributes'],
    [
      `<div>${Array.from({ length: 400 }, (_, index) => `<b a${index}>`).join('')}</div>${'<div>x</div>'.repeat(5000)}`,
      'elements',
    ],
  ])('%.20s', (html, reason) => {
    expect(findRejection(html).message).toContain(reason);
  });
});

test('a large page is read in bounded time', () => {
  const links = '<a href="https://quay.example/">a link</a> '.repeat(20_000);
  const page = `<nav>x</nav><h1>Harbour</h1>${story}<p>${links}</p>`;
  const cpuMs = measureCpuMs(() => expect(readHtmlSeed(page).text).toContain(paragraphs[0]));
  expect(cpuMs).toBeLessThan(20_000);
});

test('any string is an article or refused', () => {
  const tags = [
    '<p>',
    '</p>',
    '<div class="share">',
    '</div>',
    '<table>',
    '<td>',
    '<h1>',
    '</h1>',
    '<script>',
    '<a href="#x">',
    '<b>',
    '<svg>',
    '<template>',
    '<!--',
    '<button>',
    '<title>',
    '<figure>',
    '<figcaption>',
    '<img src=x>',
    '<meta name=date content=2024>',
    '<script type="application/ld+json">{"@type":"Article"',
  ];
  const pieces = fc.array(fc.oneof(fc.constantFrom(...tags), fc.string({ unit: 'binary' }), fc.lorem()), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(pieces, (parts) => {
      try {
        const article = readHtmlSeed(parts.join(''));
        expect(article.title).not.toBe('');
        expect(article.text).not.toBe('');
        expect(article.summary.length).toBeGreaterThan(0);
        expect(article.summary.length).toBeLessThanOrEqual(300);
      } catch (error) {
        expect(error).toBeInstanceOf(SeedRejected);
      }
    }),
    { numRuns: 500 },
  );
});

test('a link to the site where the page was first published is external', () => {
  const { html } = readHtmlSeed(
    '<link rel="canonical" href="https://old.example/a"><h1>Quiet</h1><p>Nothing happened, <a href="/b">as before</a>, and <a href="https://site.example/c">as here</a>.</p>',
  );
  expect(html).toContain('<a href="https://old.example/b" rel="noopener">as before</a>');
  expect(html).toContain('<a href="https://site.example/c">as here</a>');
});

test('a picture alone is an article, with its caption as its text', () => {
  const picture = '<img src="https://img.example/frost.jpg" alt="Frost">';
  const page = (figure: string) => `<title>The quay</title><article><h1>The quay</h1>${figure}</article>`;
  const image = { url: 'https://img.example/frost.jpg', alt: 'Frost' };
  expect(readHtmlSeed(page(picture))).toMatchObject({ title: 'The quay', text: 'Frost', summary: 'Frost', image });
  expect(
    readHtmlSeed(page(`<figure>${picture}<figcaption>The ropes of the pilot boat</figcaption></figure>`)),
  ).toMatchObject({ text: 'The ropes of the pilot boat', summary: 'The ropes of the pilot boat', image });
});
