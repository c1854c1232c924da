import { describe, expect, test } from 'vitest';
import {
  fieldNames,
  findNearFieldName,
  isKnownFieldName,
  listFieldNames,
  normalizeFieldName,
} from '../../../../functions/core/article/markdown/field-table.ts';
import { parseTestSeed } from '../parse-test-seed.ts';

const readSeed = (text: string, key = 'a.md') => parseTestSeed(key, text);
const read = (fields: string, key?: string) => readSeed(`---\ntitle: A quiet week\n${fields}\n---\nBody.`, key);

const day = { at: '2026-11-08T00:00:00.000Z', dateOnly: true };
const ten = { at: '2026-11-08T10:00:00.000Z', dateOnly: false };

test.each([
  ['pubDate: 2026-11-08', { published: day }],
  ['published_at: 2026-11-08', { published: day }],
  ['date: Nov 8, 2026', { published: day }],
  ['date: Nov 08 2026', { published: day }],
  ['date: 8th November 2026', { published: day }],
  ['date: 2026/11/08', { published: day }],
  ['date: 20261108', { published: day }],
  ['date: 20261108T100000Z', { published: ten }],
  ['date: 2026-11-08 11:00:00 +0100 CET', { published: ten }],
  ['date: 2026-11-08T10:00Z[Europe/Berlin]', { published: ten }],
  ['date: <2026-11-08 Sun>', { published: day }],
  ['date: 2569-11-08', { published: day }],
  ['date: “2026-11-08”', { published: day }],
  ['tags: [“ferry”, ‘tide’]', { topics: ['ferry', 'tide'] }],
  ['layout: post\nlayout: post', {}],
  ['date: 2026/11/08 10:00:00', { published: ten }],
  ['date: 2026-11-08 19:00 +0900', { published: ten }],
  ['date: Sun, 08 Nov 2026 11:00:00 +0100', { published: ten }],
  ['date: Sun Nov 08 2026 11:00:00 GMT+0100 (Central European Standard Time)', { published: ten }],
  ['date: Nov 8, 2026 10:00 AM', { published: ten }],
  ['date: 8 novembre 2026', { published: day }],
  ['date: dimanche 8 novembre 2026', { published: day }],
  ['date: dimanche 8 novembre 2026 à 10h00', { published: ten }],
  ['date: 8. November 2026', { published: day }],
  ['date: "Sonntag, 8. November 2026, 10:00 Uhr"', { published: ten }],
  ['date: 8 de noviembre de 2026', { published: day }],
  ['date: 8 de novembro de 2026', { published: day }],
  ['date: 8 listopada 2026', { published: day }],
  ['date: 8 ноября 2026 г.', { published: day }],
  ['date: 2026年11月8日', { published: day }],
  ['date: 2026년 11월 8일', { published: day }],
  ['date: 8.11.2026', { published: day }],
  ['date: 08.11.2026 10:00', { published: ten }],
  ['date: 20/11/2026', { published: { at: '2026-11-20T00:00:00.000Z', dateOnly: true } }],
  ['date: 2026-11-08 11:00:00 UTC+01:00', { published: ten }],
  ['date: "[[2026-11-08]]"', { published: day }],
  ['date created: Sunday, November 8th 2026, 10:00:00 am', { published: ten }],
  ['lastmod: 2026-11-08', { updated: day }],
  ['updated_at: 2026-11-08', { updated: day }],
  ['modified: 2026-11-08', { updated: day }],
  ['last_modified_at: 2026-11-08 19:00 +0900', { updated: ten }],
  ['excerpt: In short', { summary: 'In short' }],
  ['subtitle: In short', { summary: 'In short' }],
  ['description: Longer\nsummary: In short', { summary: 'In short' }],
  ['categories: [News]\nkeywords: [tide, crane]', { topics: ['News', 'tide', 'crane'] }],
  ['layout: post\ncategories: news\ntags: ferry tides weather', { topics: ['news', 'ferry', 'tides', 'weather'] }],
  ['layout: post.njk\ntags: [posts, Ferry, all]', { topics: ['Ferry'] }],
  ['tags: post', { topics: [] }],
  ['topics: [posts]', { topics: ['posts'] }],
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

test.each(['byline', 'dek', 'Publish Date', 'publish_date', 'canonical-url', 'feature_image'])(
  '%s is a known name',
  (name) => {
    expect(isKnownFieldName(name)).toBe(true);
  },
);

test.each([
  ['bylnie', 'byline'],
  ['publish_dtae', 'publishdate'],
  ['Sumary', 'summary'],
  ['dtae', 'date'],
  ['langg', 'lang'],
])('%s is a slip of %s', (slip, known) => {
  expect(findNearFieldName(slip)).toBe(known);
});

test.each(['data', 'stats', 'listen', 'links', 'toc', 'weight', 'places', 'sources', 'covers', 'rate'])(
  '%s is no slip',
  (name) => {
    expect(findNearFieldName(name)).toBeUndefined();
  },
);

test('every name means one field, and is written without capitals, blanks, hyphens and underscores', () => {
  const names = fieldNames.flatMap(listFieldNames);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  expect(names.filter((name) => normalizeFieldName(name) !== name)).toEqual([]);
});

describe('the author is warned of', () => {
  test.each([
    ['a slip', 'sumary: In short', '`sumary` is not known; did you mean `summary`?'],
    ['a slip in a name that other tools use', 'bylnie: Ana Reis', '`bylnie` is not known; did you mean `byline`?'],
    ['a slip in a switch that changes nothing', 'darft: false', '`darft` is not known; did you mean `draft`?'],
    [
      'two fields that say different things',
      'author: Ana Reis\nauthors: [Bo Lind]',
      '`author` is ignored, because `authors` says something else; keep one of them.',
    ],
    [
      "another tool's field that cannot be read",
      'lastmod: soon',
      /^`lastmod` is ignored: it must be a day such as 2026-10-05/,
    ],
    ['a picture that cannot be read', 'cover: [1]', /^`cover` is ignored: it must name an image/],
    [
      'an end before the beginning',
      'date: 2027-02-01\nexpiryDate: 2027-01-01',
      /^`expirydate` is not after the date of the article/,
    ],
  ])('%s', (_, fields, message) => {
    const { warnings } = read(`${fields}\ntoc: true`);
    expect(warnings).toEqual([
      { message: expect.stringMatching(message), place: expect.stringMatching(/^line [34]$/) },
    ]);
  });

  test.each([
    'layout: post\nweight: 3\ntoc: true\ncomments: false\nmath: true\npinned: true',
    'author: Ana Reis\nauthors: [Ana Reis]',
    'summary: In short\ndescription: Longer',
    'date: 2026-11-08\ncreated: 2026-11-01',
    'image: a.jpg\nthumbnail: b.jpg',
    'editor: visual\ndate: last-modified',
  ])('nothing in %j', (fields) => {
    expect(read(fields).warnings).toEqual([]);
  });
});

test.each([
  ['a date', 'dtae: 2019-01-01', '`dtae` is not known; did you mean `date`?'],
  ['a switch', 'pubilshed: false', '`pubilshed` is not known; did you mean `published`?'],
  ['a state', 'stauts: draft', '`stauts` is not known; did you mean `status`?'],
  ['an end', 'expirydaet: 2027-01-01', '`expirydaet` is not known; did you mean `expirydate`?'],
])('a slip in %s on which it depends who reads it is refused', (_, field, message) => {
  expect(() => read(field)).toThrow(`line 3: ${message}`);
});

test('fields of Zola and Hugo stand in tables', () => {
  const table = '+++\ntitle = "x"\ndate = 2026-11-08\n[taxonomies]\ntags = ["tide"]\n[extra]\nauthor = "Ana Reis"\n';
  expect(readSeed(`${table}+++\nBody.`)).toMatchObject({ published: day, topics: ['tide'], authors: ['Ana Reis'] });
  expect(() => readSeed(`${table}hidden = true\n+++\nBody.`)).toThrow('This is hidden');
});

test.each([
  ['editor: visual', { editors: [] }],
  ['email: ana@a.example', { email: true }],
  ['featured: { image: a.jpg }', { title: 'A quiet week' }],
  ['id: 20261108101500', { title: 'A quiet week' }],
  ['date: git Last Modified', { title: 'A quiet week' }],
  ['date: "`r Sys.Date()`"', { title: 'A quiet week' }],
  ['place: { lat: 1, lng: 2 }', { title: 'A quiet week' }],
])('%s means something else to another tool', (field, expected) => {
  expect(read(field)).toMatchObject(expected);
});

test('only an article whose author says so leads', () => {
  expect(
    ['featured: yes', 'featured: no', 'featured: cover.jpg', 'featured: 3'].map((field) => read(field).featured),
  ).toEqual([true, undefined, undefined, undefined]);
});

test('what part artificial intelligence had in a text stands above it, in its language', () => {
  const body = 'Der Sturm kam in der Nacht, und am Morgen war der Hafen voller Boote, die niemand kannte.';
  expect(readSeed(`---\ntitle: Der Sturm\nlang: de-AT\nai: Generated\n---\n${body}`)).toMatchObject({
    html: `<p><em>Von einer KI erzeugt.</em></p>\n<p>${body}</p>`,
    text: `Von einer KI erzeugt.\n\n${body}`,
    summary: body,
  });
  expect(read('ai: assisted').html).toContain('<p><em>Written with the help of AI.</em></p>');
  expect(read('ai: no').html).not.toContain('AI');
  expect(() => read('ai: somewhat')).toThrow('ai (line 3) must be assisted or generated, or no');
});

test.each([
  ['image: quay.jpg\nimage_caption: The quay\nimage_credit: Ana Reis', { caption: 'The quay', credit: 'Ana Reis' }],
  [
    'cover:\n  image: quay.jpg\n  alt: A quay\n  caption: The [quay](https://x.example/) at *dawn*',
    { alt: 'A quay', caption: 'The quay at *dawn*' },
  ],
  ['image:\n  src: quay.jpg\n  caption: The quay\n  credit: Ana Reis', { caption: 'The quay', credit: 'Ana Reis' }],
  [
    'feature_image: quay.jpg\nfeature_image_caption: "Photo by <a href=\'https://x.example\'>Ana &amp; Bo</a>"',
    { caption: 'Photo by Ana & Bo' },
  ],
  ['image: quay.jpg\ncoverCaption: [1, 2]', {}],
  ['image: quay.jpg\nimage_caption: ""', {}],
])('a picture has the caption and the credit that %j states', (fields, texts) => {
  const { image } = read(fields);
  expect(image).toEqual({ url: expect.stringMatching(/quay\.jpg$/), alt: '', ...texts });
});

test('a caption belongs to the picture of the text where the front matter names none', () => {
  const { image } = readSeed('---\ntitle: A\nimage_caption: The quay\n---\nText.\n\n![A quay](quay.jpg)\n');
  expect(image).toMatchObject({ alt: 'A quay', caption: 'The quay' });
});

test.each(['date: 1448-06-18', 'date: 1405/09/07'])('%s of another calendar is refused', (field) => {
  expect(() => parseTestSeed('a.md', `---\ntitle: x\n${field}\n---\nText.`)).toThrow('date (line 3) must be a day');
});

test('a field that stands twice in different letters is refused', () => {
  expect(() => parseTestSeed('a.md', '---\ntitle: x\nTitle: y\n---\nText.')).toThrow('"Title" stands above, too');
});
