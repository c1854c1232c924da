import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { parseSeed } from '../../../functions/core/article/parse-seed.ts';
import { type Article, SeedRejected } from '../../../functions/core/article.ts';

const seeds = new URL('../../../seeds/', import.meta.url);
const uploadedAt = '2026-11-20T12:00:00.000Z';

const read = (key: string, content: string | Uint8Array): Article =>
  parseSeed({
    key,
    bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
    timeZone: 'Europe/Lisbon',
    uploadedAt,
    site: 'https://news.example',
  });

const stringsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
};

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What all other code relies on. */
const expectValidArticle = (article: Article): void => {
  expect(article.title).not.toBe('');
  expect(article.summary).not.toBe('');
  expect(article.summary.length).toBeLessThanOrEqual(300);
  expect(article.text.trim()).not.toBe('');
  expect(article.title).not.toContain('\n');
  for (const text of stringsIn(article)) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may come out
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\p{Cs}\p{Noncharacter_Code_Point}]/u);
    expect(XMLValidator.validate(`<a>${escaped(text)}</a>`)).toBe(true);
  }
  expect(XMLValidator.validate(`<a>${article.html}</a>`)).toBe(true);
};

describe('any bytes are read as an article or refused', () => {
  const fragments = fc.constantFrom(
    ...[
      '---\n',
      'title: x\n',
      'date: 2026-10-05\n',
      '# ',
      '\n\n',
      'BAGHDAD, Dec 8 (Reuters) – ',
      'By Ana Reis',
      '<html>',
      '<h1>',
      '</h1>',
      '<p>',
      '<article>',
      '<script type="application/ld+json">{"@type":"NewsArticle"',
      '</script>',
      '<img src="a.png">',
      '[x](y)',
      '![](z.png)',
      '| a |\n|--|\n',
      '[^1]',
      '&#0;',
      '\u0000',
      '\ufeff',
      '\u202e',
      'Ã©',
      'Leave a Reply',
      'A sentence that is long enough to be one. ',
    ],
  );
  const openings = fc.constantFrom(
    '',
    '# Headline\n\n',
    '---\ntitle: Headline\n---\n',
    'Headline\n\n',
    '<h1>Headline</h1>',
  );
  const written = fc
    .tuple(openings, fc.array(fc.oneof(fragments, fc.string(), fc.string({ unit: 'binary' })), { maxLength: 25 }))
    .map(([opening, rest]) => [opening, ...rest]);
  const bytes = fc.oneof(
    written.map((parts) => new TextEncoder().encode(parts.join(''))),
    written.map((parts) => new Uint8Array(Buffer.from(`\ufeff${parts.join('')}`, 'utf16le'))),
    written.map((parts) => new Uint8Array(Buffer.from(parts.join(''), 'latin1'))),
    fc.uint8Array({ maxLength: 400 }),
  );

  test.each(['txt', 'md', 'html'])('as .%s', (extension) => {
    let articles = 0;
    fc.assert(
      fc.property(bytes, (content) => {
        try {
          expectValidArticle(read(`a.${extension}`, content));
          articles += 1;
        } catch (error) {
          if (!(error instanceof SeedRejected)) throw error;
          // A sentence, or the line as it should be below one.
          expect(error.message).toMatch(/^\S.*(?:\.|should be: .+)$/s);
        }
      }),
      { numRuns: 400 },
    );
    expect(articles).toBeGreaterThan(10);
  });
});

describe('refused, with a reason and a place', () => {
  test.each([
    ['an empty file', 'a.txt', '', /empty/],
    ['a file of blanks', 'a.md', '\ufeff \n\u00a0\n', /empty/],
    ['a binary file', 'a.txt', 'harbour\0gate\0\0x', /NUL bytes/],
    ['an office document', 'a.txt', 'PK\u0003\u0004\u0014', /office document/],
    ['a file over 10 MB', 'a.txt', `Headline\n\n${'x'.repeat(10 * 1024 * 1024)}`, /has 10\.0 MB; at most 10 MB/],
    ['an unknown type', 'a.docx', 'x', /type \.docx.*a \.txt, \.md or \.html file/],
    ['no type', 'README', 'x', /no extension/],
    ['SVG', 'a.svg', '<svg/>', /SVG.*script/],
    ['no headline in Markdown', 'a.md', 'Only a text.', /no headline/],
    ['no body in Markdown', 'a.md', '# Only a headline', /below the headline/],
    ['no body in plain text', 'a.txt', 'Only a headline', /below the headline/],
    ['no body in HTML', 'a.html', '<title>Only a headline</title>', /below the headline/],
    ['front matter that cannot be read', 'a.md', '---\ntitle: "x\n---\nBody.', /cannot be read as YAML/],
    ['a bad date', 'a.md', '---\ntitle: x\ndate: soon\n---\nBody.', /date \(line 3\)/],
  ])('%s', (_, key, content, reason) => {
    expect(() => read(key, content)).toThrow(SeedRejected);
    expect(() => read(key, content)).toThrow(reason);
  });
});

describe('the language of a seed', () => {
  test('is detected where it is certain', () => {
    expect(read('a.md', '# הנמל\n\nהנמל נפתח מחדש ביום שני בבוקר.').language).toBe('he');
    expect(read('a.md', '# Порт\n\nПорт снова открыт.')).not.toHaveProperty('language');
  });

  test('is the one that the seed states', () => {
    expect(read('a.md', '---\nlang: yi\n---\n# הנמל\n\nהנמל נפתח מחדש ביום שני בבוקר.').language).toBe('yi');
  });
});

describe('the samples', () => {
  const keys = readdirSync(seeds).filter((key) => /\.(?:txt|md|html)$/.test(key));

  test.each(keys)('%s', async (key) => {
    const article = read(key, readFileSync(new URL(key, seeds)));
    expectValidArticle(article);
    const dates = [article.published, article.updated, article.dateline?.date].map((date) => date?.at ?? '');
    for (const date of dates) expect(date < uploadedAt).toBe(true);
    await expect(`${JSON.stringify(article, null, 2)}\n`).toMatchFileSnapshot(`golden/${key}.json`);
  });

  test('show every format, a picture and right-to-left text', () => {
    const articles = keys.map((key) => read(key, readFileSync(new URL(key, seeds))));
    expect(new Set(keys.map((key) => key.split('.').at(-1)))).toEqual(new Set(['txt', 'md', 'html']));
    expect(articles.some(({ image }) => image?.alt)).toBe(true);
    expect(new Set(articles.map(({ language }) => language))).toEqual(new Set(['en', 'de', 'pt-PT', 'ar']));
    expect(articles.some(({ text }) => text.split(/\s+/).length > 1500)).toBe(true);
  });
});

test('the given seed is read whole, without its page chrome', () => {
  const article = read('000.txt', readFileSync(new URL('000_b4ff03a5ba8aed30.txt', seeds)));
  expect(article).toMatchObject({
    title: 'US embassy in Baghdad hit by rockets, no casualties',
    authors: ['Taimur Azhari'],
    editors: ['Gerry Doyle', 'Angus MacSwan'],
    source: 'Reuters',
    dateline: {
      place: 'Baghdad',
      agency: 'Reuters',
      date: { at: '2023-12-08T00:00:00.000Z', dateOnly: true },
    },
  });
  expect(article.cut.map(({ text }) => text)).toEqual([
    'See also Driver arrested after truck crashes near White House; Nazi flag found',
    'Our Standards: Thomson Reuters Trust Principles.',
    'Get license rightsOpens a new tab',
    'Leave a Reply',
    'Your email address will not be published. Required fields are marked *',
  ]);
  const paragraphs = article.text.split('\n\n');
  expect(paragraphs).toHaveLength(11);
  expect(paragraphs[0]).toMatch(/^BAGHDAD, Dec 8 \(Reuters\) – Two rockets hit .* spokesman said\.$/);
  expect(paragraphs[10]).toMatch(/^The attack was blamed on the UN in Iraq\. .* social media post\.$/);
});
