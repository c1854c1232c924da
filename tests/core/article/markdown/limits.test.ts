import { describe, expect, test } from 'vitest';
import { parseMarkdownSeed } from '../../../../functions/core/article/markdown/parse-markdown-seed.ts';
import { SeedRejected } from '../../../../functions/core/article.ts';

const file = {
  key: `${'long-folder/'.repeat(80)}story.md`,
  bytes: new Uint8Array(),
  timeZone: 'Europe/Lisbon',
  uploadedAt: '2026-11-20T12:00:00.000Z',
  site: 'https://news.example',
};
const parse = (text: string) => parseMarkdownSeed(text, file);
const parseBody = (body: string) => parse(`# Storm\n\n${body}\n`);
const parseFields = (fields: string) => parse(`---\ntitle: Storm\n${fields}\n---\nBody.`);

const readRejection = (work: () => unknown): SeedRejected => {
  try {
    work();
  } catch (error) {
    if (error instanceof SeedRejected) return error;
    throw error;
  }
  throw new Error('it was not rejected');
};

const repeat = (unit: string, count: number): string => unit.repeat(count);
const number = (build: (index: number) => string, count: number): string =>
  Array.from({ length: count }, (_, index) => build(index)).join('');

describe('far more than any article has is refused, and the reason says of what', () => {
  test.each([
    ['list items', repeat('- a\n', 20_001), /more than 100000 paragraphs, list items/],
    ['paragraphs', repeat('a\n\n', 33_400), /more than 100000 paragraphs/],
    ['marks of emphasis', repeat('*a ', 100_001), /more than 100000 paragraphs/],
    ['references to one footnote', `${repeat('a[^1] ', 3001)}\n\n[^1]: b`, /more than 3000 references to footnotes/],
    ['inline footnotes', repeat('^[a] ', 3001), /more than 3000 references to footnotes/],
    [
      'footnotes in footnotes',
      `${repeat('^[', 4000)}a${repeat(']', 4000)}`,
      /more than 10 footnotes within each other/,
    ],
    ['footnotes on one line', `a[^1]\n\n${repeat('[^1]: ', 200)}b`, /more than 99 levels of quotes and lists/],
    ['nested quotes', `${repeat('>', 101)} a`, /more than 99 levels of quotes and lists/],
    ['nested lists', number((index) => `${' '.repeat(index * 2)}- a\n`, 60), /more than 99 levels of quotes and lists/],
    ['opening brackets', repeat('[', 100_001), /more than 100000 opening brackets/],
    ['pointed brackets', repeat('<', 100_001), /more than 100000 opening brackets/],
    ['addresses', repeat('http://', 50_001), /more than 50000 addresses/],
    ['mail addresses', repeat('a@b.example ', 50_001), /more than 50000 addresses/],
    [
      'links to one long address',
      `${repeat('[r]', 10_000)}\n\n[r]: http://x.example/${repeat('a', 10_000)}`,
      /more than \d+ characters in the addresses of its links/,
    ],
  ])('%s', (_, body, reason) => {
    expect(readRejection(() => parseBody(body)).message).toMatch(reason);
  });

  test.each([
    ['characters', `a: ${repeat('b ', 50_000)}`, /has 10\d{4} characters; at most 100000/, 'line 1'],
    ['aliases', `a: &a x\nb: [${repeat('*a, ', 101)}]`, /line 4: There are more than 100 aliases/, 'line 4'],
    [
      'fields of one name',
      number((index) => `f${index % 5000}: ${index}\n`, 5001),
      /line 5003: the field "f0" stands above, too/,
      'line 5003',
    ],
    ['nested lists', `a: ${repeat('[', 20_000)}${repeat(']', 20_000)}`, /cannot be read as YAML/, 'line 3'],
    [
      'characters of a source',
      `source: ${repeat('a', 201)}`,
      /source \(line 3\) must be a line of at most 200 characters/,
      'line 3',
    ],
    ['characters of a place', `place: ${repeat('a', 201)}`, /place \(line 3\) must be a line of at most 200/, 'line 3'],
    ['characters of an address', `canonical: https://a.example/${repeat('a', 2000)}`, /canonical \(line 3\)/, 'line 3'],
    ['characters of a language', `lang: en-x-${repeat('aaaa-', 10)}a`, /lang \(line 3\)/, 'line 3'],
  ])('%s in front matter', (_, fields, reason, place) => {
    const rejection = readRejection(() => parseFields(fields));
    expect(rejection.message).toMatch(reason);
    expect(rejection.place).toBe(place);
  });
});

describe('what the largest articles have is published', () => {
  test('many paragraphs, list items, links, footnotes and brackets', () => {
    const { html } = parseBody(
      [
        repeat('A paragraph with *emphasis* and a [link](https://a.example/b).\n\n', 3000),
        repeat('- an item\n', 3000),
        number((index) => `a[^${index}] `, 1000),
        '\n\n',
        number((index) => `[^${index}]: note\n`, 1000),
        repeat('> ', 40),
        'a quote\n\n',
        repeat('[a [b] < c ', 3000),
      ].join(''),
    );
    expect(html.match(/<li/g)?.length).toBe(4000);
    expect(html.match(/<blockquote/g)?.length).toBe(40);
  });

  test('a picture as a definition of megabytes, as word processors write it', () => {
    const { text } = parseBody(
      `Before.\n\n![][image1]\n\nAfter.\n\n[image1]: <data:image/png;base64,${repeat('iVBORw0K', 200_000)}>`,
    );
    expect(text).toBe('Before.\n\nAfter.');
  });

  test('front matter with a hundred fields and some aliases', () => {
    const fields = number((index) => `f${index}: &a${index} value\ng${index}: *a${index}\n`, 50);
    expect(parseFields(fields).title).toBe('Storm');
  });
});

test('of many mistakes in YAML the reason says the first, with its line', () => {
  const { message, place } = readRejection(() => parseFields(repeat('a: "b"\n  c\n', 1800)));
  expect(message).toBe(
    'The front matter cannot be read as YAML. line 4: the line does not begin below those of the same list; remove or add blanks at its beginning.',
  );
  expect(place).toBe('line 4');
});

test('a reason that quotes the seed has at most a thousand characters', () => {
  const { message } = new SeedRejected(`One of the topics is too long: ${repeat('word ', 100_000)}`);
  expect(message).toSatisfy(({ length }: string) => length > 900 && length <= 1000);
  expect(message).toMatch(/word…$/);
});
