import { expect, test } from 'vitest';
import { convertMarkdownPage } from '../../../../infra/cli/import/markdown/convert-markdown-page.ts';
import type { SiteKind } from '../../../../infra/cli/import/markdown/detect-site-kind.ts';
import type { SourceArticle } from '../../../../infra/cli/import/source/source-item.ts';

const base = 'https://old.example';

/** The article of a page in a folder of its system, with pictures in some places. */
const articleOf = (kind: SiteKind, path: string, text: string, permalink?: string): SourceArticle => {
  const found = convertMarkdownPage(
    { path, text, modified: '2025-05-05T05:05:05.000Z' },
    {
      kind,
      root: '/source',
      permalink,
      files: new Set([path, 'img/a b.png', 'content/posts/a b.png', 'static/top.jpg']),
      settings: { timeZone: 'Europe/Lisbon', prefix: 'imported/', base },
    },
  );
  if (found.kind === 'left out') throw new Error(found.reason);
  return found;
};

test.each<[SiteKind, string, string, string, string?]>([
  ['hugo', 'content/posts/2020-01-02-a.md', '', '/posts/2020-01-02-a/'],
  ['hugo', 'content/posts/a/index.md', '', '/posts/a/'],
  ['hugo', 'content/posts/a.md', 'url: /b.html\n', '/b.html'],
  ['jekyll', '_posts/2020-01-02-a.md', '', '/2020/01/02/a.html'],
  ['jekyll', '_posts/2020-01-02-a.md', 'category: News\n', '/news/2020/01/02/a/', 'pretty'],
  ['jekyll', '_posts/2020-01-02-a.md', '', '/blog/20/a', '/blog/:short_year/:title'],
  ['jekyll', '_posts/2020-01-02-a.md', 'permalink: /c/\n', '/c/'],
  ['eleventy', 'posts/2020-01-02-a.md', '', '/posts/a/'],
  ['eleventy', 'posts/a/index.md', '', '/posts/a/'],
])('%s: %s with "%s" stood at %s', (kind, path, fields, old, permalink) => {
  const page = `---\ntitle: A\ndate: 2020-01-02\n${fields}---\nText.\n`;
  expect(articleOf(kind, path, page, permalink).oldAddresses).toEqual([base + old]);
});

test.each<[SiteKind, string, string, string, string[]]>([
  ['hugo', 'content/posts/a.md', 'aliases: [/old/, b, ../c/]', 'Hugo', ['/posts/a/', '/old/', '/posts/b', '/c/']],
  [
    'jekyll',
    '_posts/2020-01-02-a.md',
    'date: 2020-01-03\nredirect_from: [/old/]',
    'Jekyll',
    ['/2020/01/03/a.html', '/old/'],
  ],
  ['plain', 'notes/a.md', 'aliases: [Another name, old/a.html]', 'Obsidian', ['/old/a.html']],
])('%s: addresses that %s with "%s" had, as %s has them', (kind, path, fields, _tool, addresses) => {
  const page = `---\ntitle: A\ndate: 2020-01-02\n${fields}\n---\nText.\n`.replace('date: 2020-01-02\ndate:', 'date:');
  expect(articleOf(kind, path, page).oldAddresses).toEqual(addresses.map((each) => base + each));
});

test('fields have the names and values that seeds have', () => {
  const fields = `headline: A
posted: 2020-01-02
lastUpdated: 2020-02-03
expiryDate: 2030-01-02
byline: Ana Reis, Bo Lind and Rui Paz
editor: Ada Brandt
category: Sea
keywords: [boats]
dek: In short.
hero_image: a b.png
hero_alt: A boat
featured: true
email: false
correction: It was Tuesday.
place: Porto
agency: Lusa`;
  const { article, remarks } = articleOf('plain', 'img/a.md', `---\n${fields}\n---\nText.\n`);
  expect(article).toMatchObject({
    title: 'A',
    date: { at: '2020-01-02T00:00:00.000Z', dateOnly: true },
    updated: '2020-02-03T00:00:00.000Z',
    expires: '2030-01-02T00:00:00.000Z',
    authors: ['Ana Reis', 'Bo Lind', 'Rui Paz'],
    editors: ['Ada Brandt'],
    topics: ['Sea', 'boats'],
    summary: 'In short.',
    image: { url: 'a b.png', alt: 'A boat' },
    featured: true,
    email: false,
    correction: { text: 'It was Tuesday.' },
    source: 'Lusa',
    dateline: { place: 'Porto', agency: 'Lusa' },
  });
  expect(remarks).toEqual([]);
});

test('a pattern that is not known makes no address, and no id', () => {
  const page = '---\ntitle: A\n---\nText.\n';
  const found = articleOf('jekyll', '_posts/2020-01-02-a.md', page, '/:collection/:title');
  expect(found.oldAddresses).toEqual([]);
  expect(found.article.id).toBeUndefined();
});

test.each([
  ['![A](<a b.png>)', '![A](<a b.png>)'],
  ['![A](<../b c.svg>)', `![A](<${base}/posts/b%20c.svg>)`],
  ['![A](a%20b.png "T")', '![A](a%20b.png "T")'],
  ['![A](/top.jpg)', '![A](/imported/static/top.jpg)'],
  ['<img alt="" src="/top.jpg">', '<img alt="" src="/imported/static/top.jpg">'],
  ['[a]: /top.jpg', '[a]: /imported/static/top.jpg'],
  ['[A](../about/)', `[A](${base}/posts/about/)`],
  ['[A](#part) [B](mailto:b@b.example)', '[A](#part) [B](mailto:b@b.example)'],
  ['```\n![A](/top.jpg)\n```', '```\n![A](/top.jpg)\n```'],
])('%s is written as %s', (written, settled) => {
  const page = `---\ntitle: A\ndate: 2020-01-02\nurl: /posts/a/\n---\n${written}\n`;
  const { body } = articleOf('hugo', 'content/posts/a.md', page).article;
  expect(body.kind === 'markdown' ? body.text.trim() : body.html).toBe(settled);
});

test('a field that cannot be read is told', () => {
  const page = '---\ntitle: A\ndate: 2020-01-02\nauthor:\n  - [1, 2]\n---\nText.\n';
  expect(articleOf('hugo', 'content/posts/a.md', page).remarks).toEqual([
    'a field of its front matter is invalid: author',
  ]);
});
