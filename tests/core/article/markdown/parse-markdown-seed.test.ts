import { describe, expect, test } from 'vitest';
import { parseMarkdownSeed } from '../../../../functions/core/article/markdown/parse-markdown-seed.ts';
import { formatWarning, SeedRejected } from '../../../../functions/core/article.ts';

const file = {
  key: '2026/quiet week.md',
  bytes: new Uint8Array(),
  timeZone: 'Europe/Lisbon',
  uploadedAt: '2026-11-20T12:00:00.000Z',
  site: 'https://news.example',
};
const read = (text: string) => parseMarkdownSeed(text, file);
const withField = (field: string) => read(`---\ntitle: A quiet week\n${field}\n---\nBody.`);

/** In a file whose name is no title. */
const rejectionOf = (text: string): { message: string; place: string | undefined } => {
  try {
    parseMarkdownSeed(text, { ...file, key: '2026/quiet-week.md' });
  } catch (error) {
    if (error instanceof SeedRejected) return { message: error.message, place: error.place };
  }
  throw new Error('it was not rejected');
};

describe('front matter', () => {
  test('states everything about an article', () => {
    const article = read(`---
title: "A quiet week: nothing happened"
date: 2026-10-05 08:30 +02:00
updated: 2026-10-06
authors:
  - Ana Reis
  - name: Tom Hale
editor: Rui Paz
tags: [Harbour, "Trade, foreign", Harbour]
summary: Nothing happened.
slug: quiet-week
id: 550E8400-E29B-41D4-A716-446655440000
image: { src: boats.jpg, alt: Boats }
lang: pt_br
canonical: https://a.example/quiet
email: no
source: The Other Paper
place: Porto
agency: Lusa
announced: 2026-10-05T09:00:00.125Z
correction: It was the third week, not the second.
corrected: 2026-10-07
weather: fine
---
Body.`);
    expect(article).toEqual({
      title: 'A quiet week: nothing happened',
      summary: 'Nothing happened.',
      html: '<p>Body.</p>',
      text: 'Body.',
      language: 'pt-BR',
      authors: ['Ana Reis', 'Tom Hale'],
      editors: ['Rui Paz'],
      source: 'The Other Paper',
      dateline: { place: 'Porto', agency: 'Lusa' },
      published: { at: '2026-10-05T06:30:00.000Z', dateOnly: false },
      updated: { at: '2026-10-05T23:00:00.000Z', dateOnly: true },
      announced: { at: '2026-10-05T09:00:00.125Z', dateOnly: false },
      topics: ['Harbour', 'Trade, foreign'],
      image: { url: 'https://news.example/images/2026/boats.jpg', alt: 'Boats' },
      canonical: 'https://a.example/quiet',
      correction: 'It was the third week, not the second.',
      corrected: { at: '2026-10-06T23:00:00.000Z', dateOnly: true },
      id: 'urn:uuid:550e8400-e29b-41d4-a716-446655440000',
      slug: 'quiet-week',
      email: false,
      cut: [],
      warnings: [],
    });
  });

  test.each([
    ['2026-10-05', '2026-10-04T23:00:00.000Z', true],
    ['2026-12-05', '2026-12-05T00:00:00.000Z', true],
    ['2026-10-05T08:30', '2026-10-05T07:30:00.000Z', false],
    ['2026-10-05T08:30:15Z', '2026-10-05T08:30:15.000Z', false],
    ['2026-10-05T08:30:15.250-0530', '2026-10-05T14:00:15.250Z', false],
    ['2026-10-5 8:30:00 +2', '2026-10-05T06:30:00.000Z', false],
    ['20261005', '2026-10-04T23:00:00.000Z', true],
    ['"1912-04-15"', '1912-04-15T00:00:00.000Z', true],
  ])('reads the date %s', (written, at, dateOnly) => {
    expect(withField(`date: ${written}`).published).toEqual({ at, dateOnly });
  });

  test.each(['yesterday', '05/10/2026', '2026-13-01', '2026-02-30', '2026-10-05T25:00', '2026', '20261305', '[2026]'])(
    'refuses the date %s, and says where it stands',
    (written) => {
      const { message, place } = rejectionOf(`---\ntitle: x\ndate: ${written}\n---\nBody.`);
      expect(message).toMatch(/date \(line 3\) must be a day such as/);
      expect(place).toBe('line 3');
    },
  );

  test('turns no word into a number, a boolean or null', () => {
    const article = read('---\ntitle: 1984\nsource: yes\nslug: 007\nsummary: null\ntags: [2026, true]\n---\nBody.');
    expect(article).toMatchObject({
      title: '1984',
      source: 'yes',
      slug: '007',
      summary: 'null',
      topics: ['2026', 'true'],
    });
  });

  test('takes topics as a list or separated by commas', () => {
    expect(withField('topics: "#Harbour, Trade"').topics).toEqual(['Harbour', 'Trade']);
  });

  test('ignores an empty field', () => {
    const article = read('---\ntitle:\ndate:\nimage: ""\n---\n# Quiet\n\nBody.');
    expect(article.title).toBe('Quiet');
    expect(article).not.toHaveProperty('published');
    expect(article).not.toHaveProperty('image');
  });

  test.each(['tag:a.example,2020:story', 'https://a.example/1', 'urn:isbn:0451450523'])('keeps the id %s', (id) => {
    expect(withField(`id: ${id}`).id).toBe(id);
  });

  test.each(['42', '1873265', 'story-42', 'a b'])('an id of another tool, %s, refuses nothing', (id) => {
    const article = withField(`id: ${id}`);
    expect(article).not.toHaveProperty('id');
    expect(article.warnings.map(formatWarning)).toEqual(
      /^\d+$/.test(id)
        ? []
        : ['line 3: `id` is ignored: it must be a UUID or an address such as tag:example.org,2020:story.'],
    );
  });

  test.each(['announced', 'corrected'] as const)('%s lies in the past', (field) => {
    expect(withField(`${field}: 2026-11-20T12:00:00Z`)[field]?.at).toBe('2026-11-20T12:00:00.000Z');
    expect(rejectionOf(`---\ntitle: x\n${field}: 2026-11-20T12:00:01Z\n---\nBody.`).message).toBe(
      `The front matter has mistakes: ${field} (line 3) must be a day or a time as in date, and have passed.`,
    );
  });

  test('an agency alone is the source', () => {
    expect(withField('agency: Lusa')).toMatchObject({ source: 'Lusa' });
    expect(withField('agency: Lusa')).not.toHaveProperty('dateline');
  });

  test('reports every mistake at once, in the order of their lines', () => {
    expect(
      rejectionOf(
        '---\ntitle: x\nslug: a b\nemail: perhaps\nid: tag:a.example,2020:x\nlang: "?"\nimage: x.svg\n---\nBody.',
      ),
    ).toEqual({
      message:
        'The front matter has mistakes: slug (line 3) may hold letters, digits and hyphens only; email (line 4) must be true or false; lang (line 6) must be a language tag such as "en" or "pt-BR"; image (line 7) must name an image beside this file (jpg, png, gif, webp or avif) or give the address of one, or say none.',
      place: 'line 3',
    });
  });

  test.each([
    ['that is not TOML', '+++\ntitle = x\n+++\nBody.', /TOML/, 'line 2'],
    ['that is not YAML', '---\ntitle: x\nsummary: "open\n---\nBody.', /cannot be read as YAML/, 'line 3'],
    [
      'that says the same twice',
      '---\ntitle: x\ntitle: y\n---\nBody.',
      /the field "title" stands above, too/,
      'line 3',
    ],
    ['that is a list', '---\n- x\n---\nBody.', /not a list of fields/, 'line 2'],
    ['that is never closed', '---\ntitle: x\n\nBody.', /never closed/, 'line 1'],
    ['of a draft', '---\ntitle: x\ndraft: true\n---\nBody.', /draft/, 'line 3'],
    [
      'that multiplies itself',
      `---\na: &a [x,x,x,x,x,x,x,x]\nb: &b [${'*a,'.repeat(9)}]\nc: &c [${'*b,'.repeat(9)}]\nd: [${'*c,'.repeat(9)}]\ntitle: x\n---\nBody.`,
      /refers to itself/,
      'line 2',
    ],
  ])('%s is refused', (_, text, reason, place) => {
    expect(rejectionOf(text)).toEqual({ message: expect.stringMatching(reason), place });
  });

  test('a line of --- that begins no front matter is a thematic break', () => {
    expect(read('---\n\n# Quiet\n\nBody.').title).toBe('Quiet');
  });
});

describe('headline and body', () => {
  test('the first heading is the headline, as plain text, and is removed from the body', () => {
    const article = read('# A *quiet* `week` &amp; more\n\nBody.\n\n## Then');
    expect(article).toMatchObject({ title: 'A quiet week & more', html: '<p>Body.</p>\n<h2>Then</h2>' });
  });

  test('a heading that repeats the title of the front matter is removed from the body, another stays', () => {
    expect(read('---\ntitle: Quiet\n---\n# Quiet\n\nBody.').html).toBe('<p>Body.</p>');
    expect(read('---\ntitle: Quiet\n---\n# Other\n\nBody.').html).toBe('<h2>Other</h2>\n<p>Body.</p>');
  });

  test.each([
    ['no headline', 'Just a text.', /no headline/, 'line 1'],
    ['no headline below front matter', '---\nlang: en\n---\nBody.', /no headline/, 'line 4'],
    ['no body', '# Quiet\n\n<script>x</script>', /no text below the headline/, 'line 1'],
  ])('%s is refused', (_, text, reason, place) => {
    expect(rejectionOf(text)).toEqual({ message: expect.stringMatching(reason), place });
  });

  test('the first picture is the image where none is stated', () => {
    const article = read('# Quiet\n\nBody ![A "grey" boat](boat.jpg) ![](other.jpg)');
    expect(article.image).toEqual({ url: 'https://news.example/images/2026/boat.jpg', alt: 'A "grey" boat' });
  });

  test('none of its pictures is the image where the front matter says none', () => {
    const article = read('---\ntitle: Quiet\nimage: none\n---\nBody ![A boat](boat.jpg)');
    expect(article).not.toHaveProperty('image');
  });

  test('tables, strikethrough, bare addresses and code', () => {
    const { html } = read('# Q\n\n| a |\n|---|\n| 1 |\n\n~~x~~ https://a.example/ notes.md\n\n```js\na < b\n```');
    expect(html).toContain('<th>a</th>');
    expect(html).toContain(
      '<p><s>x</s> <a href="https://a.example/" rel="noopener">https://a.example/</a> notes.md</p>',
    );
    expect(html).toContain('<pre><code>a &lt; b\n</code></pre>');
  });

  test('a footnote and the way back, under names of this seed', () => {
    const { html, text } = read('# Q\n\nBody.[^1]\n\n[^1]: A note.');
    expect(html).toContain(
      '<p>Body.<sup><a id="seed-fnref-2026-quiet-week-md-1" href="#seed-fn-2026-quiet-week-md-1">[1]</a></sup></p>',
    );
    expect(html).toContain(
      '<li id="seed-fn-2026-quiet-week-md-1"><p>A note. <a href="#seed-fnref-2026-quiet-week-md-1">',
    );
    expect(text).toBe('Body.[1]\n\n---\n\n 1. A note.');
  });

  test('HTML in it is sanitized', () => {
    expect(read('# Q\n\n<div onclick="x()">a<script>b</script></div>').html).toBe('<div>a</div>');
  });

  test('the summary is the first paragraph, not a heading', () => {
    expect(read('# Q\n\n## Prologue\n\nIt *began*.\n\nMore.').summary).toBe('It began.');
  });
});

describe('a picture alone is an article', () => {
  test.each([
    ['with an alternative text', '![Frost on the ropes](frost.jpg)', 'Frost on the ropes'],
    ['with nothing', '![](frost.jpg)', 'The quay'],
    ['in a link', '[![Frost](frost.jpg)](https://a.example/frost)', 'Frost'],
    ['with others', '![Frost](a.jpg)\n\n![Ice](b.jpg)', 'Frost\n\nIce'],
    [
      'with a caption',
      '<figure><img src="frost.jpg" alt="Frost"><figcaption>The ropes of the <b>pilot boat</b></figcaption></figure>',
      'The ropes of the pilot boat',
    ],
  ])('%s', (_, body, text) => {
    const article = read(`# The quay\n\n${body}`);
    expect(article).toMatchObject({ title: 'The quay', text, summary: text.split('\n')[0] });
    expect(article.image?.url).toMatch(/^https:\/\/news\.example\/images\/2026\/.*\.jpg$/);
  });

  test('that is not at any address is none', () => {
    expect(() => read('# The quay\n\n![Frost](frost.svg)')).toThrow('no text below the headline');
  });
});

describe('the names of files in links', () => {
  const site = 'https://news.example/images/2026';
  test.each([
    ['![Quay](the quay at night.jpg)', `<img src="${site}/the%20quay%20at%20night.jpg" alt="Quay" />`],
    ['![Quay](<the quay.jpg>)', `<img src="${site}/the%20quay.jpg" alt="Quay" />`],
    ['![Quay](the%20quay.jpg)', `<img src="${site}/the%20quay.jpg" alt="Quay" />`],
    ['![Quay](IMG (1).jpg)', `<img src="${site}/IMG%20(1).jpg" alt="Quay" />`],
    ['![Quay](my quay (2).JPG "A title")', `<img src="${site}/my%20quay%20(2).JPG" alt="Quay" />`],
    ["![Quay](Ada's quay.jpg)", `<img src="${site}/Ada's%20quay.jpg" alt="Quay" />`],
    ['![Größe](Gro\u0308ße März.jpg)', `<img src="${site}/Gr%C3%B6%C3%9Fe%20M%C3%A4rz.jpg" alt="Größe" />`],
    ['![Quay](100% quay.jpg)', `<img src="${site}/100%25%20quay.jpg" alt="Quay" />`],
    ['see [this] (or that.jpg)', 'see [this] (or that.jpg)'],
    ['[note](not a file)', '[note](not a file)'],
  ])('may have blanks: %s', (written, html) => {
    expect(read(`# Names\n\nText\n${written}`).html).toBe(`<p>Text\n${html}</p>`);
  });
});
