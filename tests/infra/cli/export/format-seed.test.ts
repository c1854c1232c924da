import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sanitizeBody } from '../../../../functions/core/article/body/sanitize-body.ts';
import { createUrlResolver } from '../../../../functions/core/article/body/url-resolver.ts';
import { parseSeed } from '../../../../functions/core/article/parse-seed.ts';
import { formatSeed, type SeedContent } from '../../../../infra/cli/seeds/format-seed.ts';

const timeZone = 'Europe/Lisbon';
const file = {
  key: 'a/story.md',
  site: 'https://news.example',
  timeZone,
  uploadedAt: '2026-11-20T12:00:00.000Z',
};
const read = (seed: string) => parseSeed({ ...file, bytes: new TextEncoder().encode(seed) });
const base = {
  title: 'A quiet week',
  authors: [],
  topics: [],
  body: { kind: 'markdown', text: 'Body.' },
} satisfies SeedContent;
const seedOf = (html: string, exact = false): string =>
  formatSeed({ ...base, body: { kind: 'html', html, exact } }, timeZone);
const bodyOf = (html: string): string => seedOf(html).replace(/^---\n.*?\n---\n\n/s, '');

test('everything that an article has comes back from its seed', () => {
  const article = read(
    formatSeed(
      {
        title: '1984: "the #week", it\'s',
        date: { at: '2026-10-04T23:00:00.000Z', dateOnly: true },
        updated: '2026-10-06T08:30:15.123Z',
        expires: '2027-10-06T08:30:15.123Z',
        announced: '2026-10-05T09:00:00.001Z',
        authors: ['Ana Reis', 'no'],
        editors: ['Rui: Paz'],
        topics: ['Harbour', '#hash', 'Trade, foreign'],
        summary: '- Nothing > happened | at all.',
        slug: '007',
        id: 'urn:uuid:550e8400-e29b-41d4-a716-446655440000',
        image: { url: 'https://a.example/b.jpg', alt: 'A "grey" boat' },
        language: 'pt-BR',
        canonical: 'https://a.example/quiet',
        source: 'The Other Paper',
        dateline: { place: 'Porto', agency: 'Lusa' },
        correction: { text: 'It was: two.', at: '2026-10-07T10:00:00.000Z' },
        email: false,
        body: { kind: 'html', html: '<p>Body.</p>' },
      },
      timeZone,
    ),
  );
  expect(article).toEqual({
    title: '1984: "the #week", it\'s',
    published: { at: '2026-10-04T23:00:00.000Z', dateOnly: true },
    updated: { at: '2026-10-06T08:30:15.123Z', dateOnly: false },
    expires: { at: '2027-10-06T08:30:15.123Z', dateOnly: false },
    announced: { at: '2026-10-05T09:00:00.001Z', dateOnly: false },
    authors: ['Ana Reis', 'no'],
    editors: ['Rui: Paz'],
    topics: ['Harbour', '#hash', 'Trade, foreign'],
    summary: '- Nothing > happened | at all.',
    slug: '007',
    id: 'urn:uuid:550e8400-e29b-41d4-a716-446655440000',
    image: { url: 'https://a.example/b.jpg', alt: 'A "grey" boat' },
    language: 'pt-BR',
    canonical: 'https://a.example/quiet',
    source: 'The Other Paper',
    dateline: { place: 'Porto', agency: 'Lusa' },
    correction: 'It was: two.',
    corrected: { at: '2026-10-07T10:00:00.000Z', dateOnly: false },
    email: false,
    html: '<p>Body.</p>',
    text: 'Body.',
    cut: [],
    warnings: [],
  });
});

test('HTML becomes Markdown that an author would write', () => {
  expect(
    bodyOf(
      '<p>One <em>two</em> <b>three</b></p>\n\n<h3>Head</h3><p>a_b<br>c</p><ul><li>x</li><li><a href="https://a.example/">l</a></li></ul><blockquote><p>q</p></blockquote><pre><code>x\n\ny</code></pre>',
    ),
  ).toBe(`One *two* **three**

## Head

a\\_b  
c

-   x
-   [l](https://a.example/)

> q

\`\`\`
x

y
\`\`\`
`);
});

test('a draft is said to be one, and is not published', () => {
  const seed = formatSeed({ ...base, draft: true }, timeZone);
  expect(seed).toContain('draft: true\n');
  expect(() => read(seed)).toThrow('This is a draft');
});

const lines = fc
  .array(
    fc.constantFrom(
      '#1',
      '#',
      'a: b',
      ':',
      '[x]',
      '[',
      '{y}',
      '@z',
      '%',
      '"q"',
      "it's",
      '\\',
      'null',
      'no',
      '2026-01-02',
      '- a',
      '> b',
      '|',
      '&c',
      '*d',
      '!e',
      '`f`',
      '---',
      '+++',
      'ñ',
      '海',
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((some) => some.join(' '));
const instant = fc
  .date({ min: new Date('1999-01-01'), max: new Date('2026-11-19'), noInvalidDate: true })
  .map((date) => date.toISOString());
const names = fc.uniqueArray(lines, { minLength: 1, maxLength: 3 });

test('whatever an article has comes back from its seed', () => {
  const content = fc.record({
    title: lines,
    summary: lines,
    source: lines,
    place: lines,
    agency: lines,
    correction: lines,
    alt: lines,
    authors: names,
    editors: names,
    topics: names,
    date: instant,
    updated: instant,
    announced: instant,
    corrected: instant,
    isEmail: fc.boolean(),
  });
  fc.assert(
    fc.property(content, ({ place, agency, correction, corrected, alt, date, isEmail, ...rest }) => {
      const image = { url: 'https://a.example/b.jpg', alt, caption: `5 < 6 & <b>7</b> ${place}`, credit: place };
      const seed = formatSeed(
        {
          ...base,
          ...rest,
          date: { at: date, dateOnly: false },
          expires: '2031-01-02T03:04:05.678Z',
          dateline: { place, agency },
          correction: { text: correction, at: corrected },
          image,
          email: isEmail,
        },
        timeZone,
      );
      const at = (time: string) => ({ at: time, dateOnly: false });
      const { updated, announced, ...same } = rest;
      expect(read(seed)).toMatchObject({
        ...same,
        image,
        correction,
        dateline: { place, agency },
        published: at(date),
        updated: at(updated),
        announced: at(announced),
        corrected: at(corrected),
        expires: at('2031-01-02T03:04:05.678Z'),
        email: isEmail,
        warnings: [],
      });
    }),
    { numRuns: 200 },
  );
});

const words = fc.constantFrom(
  'salt',
  'a_b*c',
  '1.',
  '- ',
  '# x',
  '&amp;',
  '&lt;i&gt;',
  '`',
  '~~',
  '|',
  '[a]: b',
  'ñ',
  '\u0338',
  '  ',
  '\n',
  '\n\n',
  '&#10;',
  'https://a.example/x_y_',
);
const text = fc.array(words, { minLength: 1, maxLength: 4 }).map((some) => some.join(' '));
const inlineTag = fc.constantFrom('em', 'strong', 'b', 'code', 's', 'sup', 'mark', 'q');
const inline = fc.oneof(
  text,
  fc.tuple(inlineTag, text).map(([tag, inside]) => `<${tag}>${inside}</${tag}>`),
  text.map((inside) => `<a href="https://a.example/(x)?a=1&amp;b=2">${inside}</a>`),
  fc.constantFrom('<br>', '<img src="p.jpg" alt="a ] b">', '<a id="x" href="#x">y</a>'),
);
const line = fc.array(inline, { minLength: 1, maxLength: 4 }).map((some) => some.join(''));
const { block } = fc.letrec<{ block: string }>((tie) => ({
  block: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    line.map((inside) => `<p>${inside}</p>`),
    line,
    line.map((inside) => `<h3>${inside}</h3>`),
    text.map((inside) => `<pre>${inside}</pre>`),
    fc.constant('<hr>'),
    fc.array(tie('block'), { maxLength: 3 }).map((all) => `<ul>${all.map((one) => `<li>${one}</li>`).join('')}</ul>`),
    fc.array(tie('block'), { maxLength: 3 }).map((all) => `<blockquote>${all.join('\n')}</blockquote>`),
    line.map((inside) => `<table><tr><td>${inside}</td></tr></table>`),
    line.map((inside) => `<figure><img src="p.jpg"><figcaption>${inside}</figcaption></figure>`),
  ),
}));
const body = fc
  .array(fc.tuple(block, fc.constantFrom('', '\n', '\n\n')), { minLength: 1, maxLength: 4 })
  .map((parts) => `<p>Body.</p>\n${parts.flat().join('')}`);

test('what the reader makes of a seed is the sanitized HTML, byte for byte where that is asked for', () => {
  fc.assert(
    fc.property(body, (html) => {
      const wanted = sanitizeBody(html, createUrlResolver(file)).html;
      expect(read(seedOf(html, true)).html).toBe(wanted);
      expect(asSeen(read(seedOf(html)).html)).toBe(asSeen(wanted));
    }),
    { numRuns: 200 },
  );
});

/** Without white space at all, which is the exact test's, and bold is bold. */
const asSeen = (html: string): string => html.replace(/\s/g, '').replace(/<(\/?)b>/g, '<$1strong>');
