import { expect, test } from 'vitest';
import { parseSeed } from '../../../../functions/core/article/parse-seed.ts';

const read = (fields: string, key = 'a.md') =>
  parseSeed({
    key,
    bytes: new TextEncoder().encode(`---\ntitle: A quiet week\n${fields}\n---\nBody.`),
    timeZone: 'Europe/Lisbon',
    uploadedAt: '2026-11-27T12:00:00.000Z',
    site: 'https://news.example',
  });

const day = { at: '2026-11-08T00:00:00.000Z', dateOnly: true };
const ten = { at: '2026-11-08T10:00:00.000Z', dateOnly: false };

test.each([
  ['pubDate: 2026-11-08', { published: day }],
  ['published_at: 2026-11-08', { published: day }],
  ['date: Nov 8, 2026', { published: day }],
  ['date: Nov 08 2026', { published: day }],
  ['date: 8th November 2026', { published: day }],
  ['date: 2026/11/08', { published: day }],
  ['date: 2026/11/08 10:00:00', { published: ten }],
  ['date: 2026-11-08 19:00 +0900', { published: ten }],
  ['date: Sun, 08 Nov 2026 11:00:00 +0100', { published: ten }],
  ['date: Sun Nov 08 2026 11:00:00 GMT+0100 (Central European Standard Time)', { published: ten }],
  ['date: Nov 8, 2026 10:00 AM', { published: ten }],
  ['lastmod: 2026-11-08', { updated: day }],
  ['updated_at: 2026-11-08', { updated: day }],
  ['modified: 2026-11-08', { updated: day }],
  ['last_modified_at: 2026-11-08 19:00 +0900', { updated: ten }],
  ['excerpt: In short', { summary: 'In short' }],
  ['subtitle: In short', { summary: 'In short' }],
  ['description: Longer\nsummary: In short', { summary: 'In short' }],
  ['categories: [News]\nkeywords: [tide, crane]', { topics: ['News', 'tide', 'crane'] }],
  ['layout: post\ncategories: news\ntags: ferry tides weather', { topics: ['news', 'ferry', 'tides', 'weather'] }],
  ['tags: South China Sea', { topics: ['South China Sea'] }],
  ['tags: "#ferry #tides"', { topics: ['ferry', 'tides'] }],
  ['categories:\n  - [Sports, Sailing]', { topics: ['Sports', 'Sailing'] }],
  ['cover: https://a.example/x.jpg', { image: { url: 'https://a.example/x.jpg', alt: '' } }],
  ['heroImage: x.jpg\nheroAlt: A boat', { image: { url: 'https://news.example/images/x.jpg', alt: 'A boat' } }],
  ['cover: { image: x.jpg, alt: A boat }', { image: { url: 'https://news.example/images/x.jpg', alt: 'A boat' } }],
  ['images: [x.jpg, y.jpg]', { image: { url: 'https://news.example/images/x.jpg', alt: '' } }],
  ['author: Ines Prata, Bo Lind and Ana Reis', { authors: ['Ines Prata', 'Bo Lind', 'Ana Reis'] }],
  ['author: Prata, Ines', { authors: ['Prata, Ines'] }],
  ['author: Smith and Sons', { authors: ['Smith and Sons'] }],
  ['Authors: Ana Reis; Lind, Bo', { authors: ['Ana Reis', 'Lind, Bo'] }],
  ['author: Ana Reis <ana@a.example>', { authors: ['Ana Reis'] }],
  ['author: { name: Ana Reis, url: https://a.example }', { authors: ['Ana Reis'] }],
  ['language: pt_BR', { language: 'pt-BR' }],
])('%s', (fields, expected) => {
  expect(read(fields)).toMatchObject(expected);
});

test('tags of a file that is named as Jekyll does are parted at blanks', () => {
  expect(read('tags: ferry tides', '2026-11-08-quiet.md').topics).toEqual(['ferry', 'tides']);
});

test('a field of another tool that cannot be read is left out, but a date is refused by its own name', () => {
  expect(read('cover: [1]\nlastmod: soon')).not.toHaveProperty('image');
  expect(() => read('pubDate: soon')).toThrow(/pubdate \(line 3\) must be a day/);
});
