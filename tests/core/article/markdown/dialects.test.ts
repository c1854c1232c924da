import { describe, expect, test } from 'vitest';
import { SeedRejected, SeedWithheld } from '../../../../functions/core/article.ts';
import { parseTestSeed } from '../parse-test-seed.ts';

const read = (text: string, key = 'story.md') => parseTestSeed(key, text, { timeZone: 'UTC' });
const errorOf = (text: string, key?: string): unknown => {
  try {
    return read(text, key);
  } catch (error) {
    return error;
  }
};
const onDay = (day: string) => ({ at: `${day}T00:00:00.000Z`, dateOnly: true });

test.each([
  [
    'Jekyll',
    '---\nlayout: post\ntitle:  "Tides: a #1 story"\ndate:   2026-11-20 10:15:51 -0500\ncategories: harbour news\nlast_modified_at: 2026-11-21\nimage:\n  path: /assets/a.png\n  height: 100\nredirect_from:\n  - /old/\n---\nIt rises.',
    {
      title: 'Tides: a #1 story',
      topics: ['harbour', 'news'],
      published: { at: '2026-11-20T15:15:51.000Z', dateOnly: false },
      updated: onDay('2026-11-21'),
      image: { url: 'https://news.example/images/assets/a.png', alt: '' },
    },
  ],
  [
    'Hugo',
    "+++\ntitle = 'The \"Gull\"'\ndate = 2026-11-20T09:30:00-05:00\ndraft = false\ntags = ['red']\ndescription = \"\"\"\nA long\ndescription\"\"\"\n[params]\nauthor = 'Ana Reis'\n[cover]\nimage = 'c.jpg'\nalt = 'Alt'\n[[resources]]\nsrc = 'a.jpg'\n[menu.main]\nname = 'x'\n+++\nIt rises.",
    {
      title: 'The "Gull"',
      summary: 'A long description',
      authors: ['Ana Reis'],
      image: { url: 'https://news.example/images/c.jpg', alt: 'Alt' },
    },
  ],
  [
    'Docusaurus',
    '---\nslug: /first/tides\ntitle: Tides\nauthors:\n  - name: Ana Reis\n    url: https://a.example\n  - bo\ntags: [tide, {label: Port, permalink: /port}]\nlast_update:\n  date: 2026-11-20\n  author: x\n---\nIt rises.',
    {
      slug: 'tides',
      authors: ['Ana Reis', 'bo'],
      topics: ['tide', 'Port'],
      updated: onDay('2026-11-20'),
      warnings: [],
    },
  ],
  [
    'MkDocs',
    '---\ndate:\n  created: 2026-11-20\n  updated: 2026-11-21\n---\n# Tides\n\nIt rises.',
    { title: 'Tides', published: onDay('2026-11-20'), updated: onDay('2026-11-21'), warnings: [] },
  ],
  [
    'Quarto',
    '---\ntitle: Tides\nauthor:\n  - name: Norah Jones\n    orcid: 0000-0001\n  - name: {given: Josiah, family: Carberry}\ndate: "11/20/2026"\ndate-modified: last-modified\nimage-alt: A plot\nimage: plot.png\neditor: visual\nformat:\n  html:\n    toc: true\n---\nIt rises.',
    {
      authors: ['Norah Jones', 'Josiah Carberry'],
      editors: [],
      published: onDay('2026-11-20'),
      image: { url: 'https://news.example/images/plot.png', alt: 'A plot' },
      warnings: [],
    },
  ],
  [
    'Obsidian',
    '---\naliases:\n  - High water\ntags:\n  - "#harbour"\n  - [[Ferry]]\nauthor: [[Ana Reis]]\ncover: "![[boat.png]]"\npublish: true\ndate created: Friday, November 20th 2026, 10:00:00 am\ndate modified: 2026-11-21\n---\n# Tides\n\nIt rises.',
    {
      topics: ['harbour', 'Ferry'],
      authors: ['Ana Reis'],
      published: { at: '2026-11-20T10:00:00.000Z', dateOnly: false },
      updated: onDay('2026-11-21'),
      image: { url: 'https://news.example/images/boat.png', alt: '' },
      warnings: [],
    },
  ],
  [
    "Obsidian's clipper",
    '---\ntitle: Tides\nsource: https://a.example/tides\npublished: 2025-03-01\ncreated: 2026-11-20\n---\nIt rises.',
    { published: onDay('2025-03-01') },
  ],
  [
    'Nikola in a comment',
    '<!--\n.. title: Tides\n.. slug: high-tides\n.. date: 2026-11-20 10:00:00 UTC+01:00\n.. tags: tide, port\n\n.. type: text\n-->\n\nIt rises.',
    { title: 'Tides', slug: 'high-tides', topics: ['tide', 'port'], published: { at: '2026-11-20T09:00:00.000Z' } },
  ],
  ['Nikola', '.. title: Tides\n.. date: 2026-11-20\n\nIt rises.', { title: 'Tides', published: onDay('2026-11-20') }],
  ['Logseq', 'title:: Tides\ntags:: tide\npublic:: true\n\nIt rises.', { title: 'Tides', topics: ['tide'] }],
  [
    'Notion',
    '# Tides\n\nCreated: November 20, 2026 10:00 AM\nTags: News, Ports\nStatus: Published\n\nIt rises.',
    { title: 'Tides', topics: ['News', 'Ports'], published: { at: '2026-11-20T10:00:00.000Z' } },
  ],
  [
    'Bear',
    '# Tides\n#harbour #news/tides #high water#\n\nIt rises.',
    { topics: ['harbour', 'news/tides', 'high water'] },
  ],
  [
    'dev.to',
    '---\ntitle: Tides\nid: 123456\npublished: true\nseries: S\n---\nIt rises.',
    { title: 'Tides', warnings: [] },
  ],
  [
    'Pelican',
    'Title: Tides\nDate: 2026-11-19 10:20\nCategory: Port\nStatus: published\n\nIt rises.',
    { topics: ['Port'] },
  ],
  [
    'a front matter below its headline',
    '# Tides\n\n---\ndate: 2026-11-20\ntags: [tide]\n---\n\nIt rises.',
    { title: 'Tides', published: onDay('2026-11-20'), topics: ['tide'] },
  ],
])('%s', (_, text, expected) => {
  const article = read(text);
  expect(article).toMatchObject(expected);
  expect(article.text).toBe('It rises.');
});

test.each([
  ['Notion', '# Tides\n\nCreated: November 20, 2026 10:00 AM\nStatus: Draft\n\nIt rises.'],
  ['Nikola', '<!--\n.. title: Tides\n.. status: draft\n-->\n\nIt rises.'],
  ['Logseq', 'public:: false\ntitle:: Tides\n\nIt rises.'],
  ['Zola', '+++\ntitle = "Tides"\n[extra]\nhidden = true\n+++\nIt rises.'],
  ['a front matter below its headline', '# Tides\n\n---\ndraft: true\n---\n\nIt rises.'],
])('a draft of %s is withheld', (_, text) => {
  expect(errorOf(text)).toBeInstanceOf(SeedWithheld);
});

test('a second front matter is refused, as nobody would see that it is ignored', () => {
  const error = errorOf('---\ntitle: x\n---\n\n---\ndraft: true\n---\nIt rises.');
  expect(error).toBeInstanceOf(SeedRejected);
  expect(error).toMatchObject({ place: 'line 5', message: expect.stringContaining('a second front matter begins') });
});

test.each([
  ['a rule and a sentence', '# Tides\n\n---\n\nNote: it rises.\n\n---\n\nIt falls.'],
  ['an event', '# Tides\n\nDate: 20 November\nPlace: Town hall\n\nIt rises.'],
  ['a word with a number sign', '# Tides\n\n#1 of the year is back.'],
  ['code of reStructuredText', '.. note: this\n\n# Tides\n\nIt rises.'],
])('%s stays text', (_, text) => {
  const { title, text: body } = read(text);
  expect(title).toBe('Tides');
  expect(body).toMatch(/Note:|Town hall|#1 of|note: this/);
});

describe('a page of HTML with front matter', () => {
  const html = '<p>It rises twice a day.</p>\n\n    <p>It falls.</p>\n';
  test('is the article that the front matter states', () => {
    expect(
      read(`---\nlayout: post\ntitle: Tides & ferries\ntags: tide port\n---\n${html}`, 'story.html'),
    ).toMatchObject({
      title: 'Tides & ferries',
      topics: ['tide', 'port'],
      text: 'It rises twice a day.\n\nIt falls.',
    });
  });

  test('is not published where that says so', () => {
    expect(errorOf(`---\ntitle: x\npublished: false\n---\n${html}`, 'story.html')).toBeInstanceOf(SeedWithheld);
  });
});

test.each([
  ['_posts/2019-03-04-tides.md', onDay('2019-03-04')],
  ['blog/2019-03-04-tides/index.md', onDay('2019-03-04')],
  ['2019-03-04 tides.md', onDay('2019-03-04')],
])('%s has the date of its name', (key, published) => {
  expect(read('---\ntitle: Tides\n---\nIt rises.', key).published).toEqual(published);
  expect(read('---\ntitle: Tides\ndate: 2020-01-01\n---\nIt rises.', key).published).toEqual(onDay('2020-01-01'));
});

test.each(['2019-03-041-tides.md', '12019-03-04-tides.md', '2019-13-04-tides.md'])('%s has none', (key) => {
  expect(read('---\ntitle: Tides\n---\nIt rises.', key).published).toBeUndefined();
});
