import { describe, expect, test } from 'vitest';
import { readHtmlSeed } from './html-seed.ts';

const story = '<h1>Ferry back in service</h1><p>The ferry runs again, and on time.</p>';
const withHead = (head: string, body = story): ReturnType<typeof readHtmlSeed> =>
  readHtmlSeed(`<!doctype html><html><head>${head}</head><body>${body}</body></html>`);
const jsonLd = (value: unknown): string => `<script type="application/ld+json">${JSON.stringify(value)}</script>`;

const news = {
  '@type': 'NewsArticle',
  headline: 'Ferry back in service',
  author: [
    { '@type': 'Person', name: 'Ann Lee' },
    { '@type': 'Person', name: 'Bo Ek' },
  ],
  datePublished: '2024-03-05T09:30:00+02:00',
  dateModified: '2024-03-06T10:00:00+02:00',
  keywords: ['Ferries', 'Harbour'],
  publisher: { name: 'The Quay' },
};

describe('JSON-LD', () => {
  const expected = {
    authors: ['Ann Lee', 'Bo Ek'],
    published: { at: '2024-03-05T07:30:00.000Z', dateOnly: false },
    updated: { at: '2024-03-06T08:00:00.000Z', dateOnly: false },
    topics: ['Ferries', 'Harbour'],
    source: 'The Quay',
  };

  test.each([
    ['alone', news],
    ['in a list', [{ '@type': 'WebSite', name: 'The Quay' }, news]],
    ['in a graph', { '@graph': [{ '@type': 'Organization', name: 'The Quay' }, news] }],
    ['with the type in a list', { ...news, '@type': ['Article', 'NewsArticle'] }],
    ['with the type as a URL', { ...news, '@type': 'https://schema.org/NewsArticle' }],
  ])('%s', (_, value) => {
    expect(withHead(jsonLd(value))).toMatchObject(expected);
  });

  test('authors by reference to an id', () => {
    const graph = [
      { ...news, author: { '@id': '#ann' } },
      { '@type': 'Person', '@id': '#ann', name: 'Ann Lee' },
    ];
    expect(withHead(jsonLd({ '@graph': graph })).authors).toEqual(['Ann Lee']);
  });

  test('is ignored where it is broken', () => {
    const html =
      '<script type="application/ld+json">{"@type": "NewsArticle", </script><meta name="author" content="Ann Lee">';
    expect(withHead(html).authors).toEqual(['Ann Lee']);
  });

  test('with raw line breaks in its strings', () => {
    const html =
      '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry\nback", "author": "Ann Lee"}</script>';
    expect(withHead(html).authors).toEqual(['Ann Lee']);
  });
});

describe('title', () => {
  test.each([
    [
      '<title>Ferry back in service | The Quay</title><meta property="og:site_name" content="The Quay">',
      'Ferry back in service',
    ],
    [
      '<title>The Quay: Ferry</title><meta property="og:title" content="Ferry back in service">',
      'Ferry back in service',
    ],
    [
      '<title>Ferry back in service - News - quay.example</title><link rel="canonical" href="https://quay.example/a">',
      'Ferry back in service',
    ],
    ['<title>Ferry back in service</title>', 'Ferry back in service'],
  ])('%s', (head, title) => {
    expect(withHead(head, '<p>The ferry runs again, and on time.</p>').title).toBe(title);
  });

  test('is the one of several headings that the metadata repeats', () => {
    const html = withHead('<meta property="og:title" content="Ferry back in service">', `<h1>The Quay</h1>${story}`);
    expect(html.title).toBe('Ferry back in service');
  });

  test.each(['/', 'https://quay.example', 'https://quay.example/'])('is no heading that leads to %s', (href) => {
    const head = '<title>The Quay: Ferry</title><meta property="og:title" content="Ferry back in service">';
    const body = `<h1 class="name"><a href="${href}">The Quay</a></h1><h3>Ferry back in service</h3><p>The ferry runs again, and on time.</p>`;
    expect(withHead(head, body).title).toBe('Ferry back in service');
  });

  test('is the heading of the story where <title> says something else', () => {
    const body = `<div class="menu"><a href="/a">News</a></div>${story.replace('</h1>', '</h1><div>Word count of this page: 676</div>')}`;
    expect(withHead('<title>Free preview</title>', body).title).toBe('Ferry back in service');
  });

  test('is the heading, also where the class of the whole page names its logo, or that of the heading a masthead', () => {
    const read = (body: string) =>
      readHtmlSeed(
        `<title>A ferry returns to the quay</title><meta property="og:title" content="The ferry is back">${body}`,
      );
    const article =
      '<header class="page-masthead"><h1>The ferry is back in service</h1></header><p>It runs on time.</p>';
    expect(read(`<body class="wp-custom-logo">${article}</body>`).title).toBe('The ferry is back in service');
  });

  test('is the line above the story where only <title> is declared', () => {
    const body =
      '<nav><a href="/">Home</a></nav><div><b>Ferry back in service</b></div><div>By Ann Lee, 5 March 2024</div><div><p>The ferry runs again after the storm, and it is on time, the harbour master said on Monday.</p><p>All berths are open, she said, and the lamps are lit, so that boats can come in by night.</p></div>';
    const article = withHead('<title>The Quay - Ferry back in service</title>', body);
    expect(article.title).toBe('Ferry back in service');
    expect(article.authors).toEqual(['Ann Lee']);
    expect(article.published).toEqual({ at: '2024-03-05T00:00:00.000Z', dateOnly: true });
  });
});

describe('authors', () => {
  test.each([
    ['<meta name="author" content="By Ann Lee">', ['Ann Lee']],
    ['<meta name="author" content="Ann Lee and Bo Ek">', ['Ann Lee', 'Bo Ek']],
    ['<meta name="author" content="Ann Lee, Ph.D.">', ['Ann Lee']],
    [
      '<meta property="article:author" content="https://www.facebook.com/ann"><meta name="dc.creator" content="Ann Lee">',
      ['Ann Lee'],
    ],
    [
      '<meta name="citation_author" content="Ann Lee"><meta name="citation_author" content="Bo Ek">',
      ['Ann Lee', 'Bo Ek'],
    ],
    ['<meta name="author" content="admin"><meta name="parsely-author" content="Ann Lee">', ['Ann Lee']],
    ['<meta name="author" content="admin">', []],
  ])('%s', (head, authors) => {
    expect(withHead(head).authors).toEqual(authors);
  });

  test.each([
    '<a rel="author" href="/ann">Ann Lee</a>',
    '<span itemprop="author">Ann Lee</span>',
    '<p class="byline">By Ann Lee</p>',
    '<p>By Ann Lee</p>',
    '<div>By</div><div>Ann Lee</div>',
  ])('shown as %s', (byline) => {
    const body = `<h1>Ferry back in service</h1>${byline}<p>The ferry runs again, and it is on time.</p>`;
    expect(withHead('', body).authors).toEqual(['Ann Lee']);
  });

  test.each([
    '<div class="hero"><span>4 min</span><a href="/authors/ann-lee">Ann Lee</a></div>',
    '<div class="hero"><a href="https://quay.example/author/ann-lee/?ref=hero">Ann Lee</a></div>',
    '<div class="post-card__meta"><div>By</div><div>Ann Lee</div></div>',
    '<footer class="entry-meta">By Ann Lee</footer>',
  ])('shown as %s', (byline) => {
    const body = `<h1>Ferry back in service</h1>${byline}<p>The ferry runs again, and it is on time.</p>`;
    expect(withHead('', body).authors).toEqual(['Ann Lee']);
  });

  test('of other articles are not those of the page', () => {
    const cards = '<div class="related-card"><a href="/authors/bo-ek">Bo Ek</a></div>';
    expect(withHead('', `${story}${cards}`).authors).toEqual([]);
  });

  test('a footnote is no author', () => {
    expect(withHead('', `${story}<p class="fn">Maybe up to billions at this point. ↩</p>`).authors).toEqual([]);
  });

  test('people before organizations, whatever the page is called', () => {
    const linked = { ...news, author: { '@type': 'MedicalOrganization', name: 'Harbour Health' } };
    expect(withHead(jsonLd(linked)).authors).toEqual(['Harbour Health']);
    const body = `<p class="byline">By Ann Lee</p>${story}`;
    expect(withHead(jsonLd(linked), body).authors).toEqual(['Ann Lee']);
  });
});

describe('dates', () => {
  const published = (head: string): unknown => withHead(head).published;
  const meta = (content: string): string => `<meta property="article:published_time" content="${content}">`;

  test.each([
    ['2024-03-05T09:30:00Z', '2024-03-05T09:30:00.000Z', false],
    ['2024-07-05T09:30:00', '2024-07-05T08:30:00.000Z', false],
    ['2024-07-05', '2024-07-04T23:00:00.000Z', true],
    ['20240705', '2024-07-04T23:00:00.000Z', true],
    ['Tue, 05 Mar 2024 09:30:00 +0200', '2024-03-05T07:30:00.000Z', false],
    ['1709631000', '2024-03-05T09:30:00.000Z', false],
    ['March 5, 2024', '2024-03-05T00:00:00.000Z', true],
    ['March 5, 2024 - 11 minutes', '2024-03-05T00:00:00.000Z', true],
    ['25.03.2024', '2024-03-25T00:00:00.000Z', true],
  ])('%s', (written, at, dateOnly) => {
    expect(published(meta(written))).toEqual({ at, dateOnly });
  });

  test.each([
    '03/05/2024',
    '1066-10-14',
    '2031-01-01',
    '0000-00-00',
    '2024-02-31',
    'yesterday',
    'March 2024',
    'now (2024)',
    '2 hours ago, 2024',
    '',
  ])('%s is ambiguous or not plausible', (written) => {
    expect(published(meta(written))).toBeUndefined();
  });

  test('a <time> in the page', () => {
    const body =
      '<h1>Ferry</h1><time datetime="2024-03-05T09:30:00Z">Tuesday</time><p>The ferry runs again, and on time.</p>';
    expect(withHead('', body).published).toEqual({ at: '2024-03-05T09:30:00.000Z', dateOnly: false });
  });

  test.each([
    '<footer class="author__meta"><span>March 5, 2024</span></footer>',
    '<div class="post-card__meta"><div>4 min</div><div>March 5, 2024</div></div>',
    '<div class="post-footer"><abbr itemprop="datePublished" title="2024-03-05">Tuesday</abbr></div>',
  ])('in the lines about the article: %s', (line) => {
    const body = `<div class="widget Blog">${story}${line}</div>`;
    expect(withHead('', body).published).toMatchObject({ at: expect.stringMatching(/^2024-03-05/) });
  });

  test('an update at the time of publication is none', () => {
    const html = `${meta('2024-03-05T09:30:00Z')}<meta property="article:modified_time" content="2024-03-05T09:30:00Z">`;
    expect(withHead(html).updated).toBeUndefined();
  });
});

describe('URLs', () => {
  const picture = '<h1>Ferry</h1><p>See <a href="/map">the map</a>.</p><img src="boat.jpg" alt="A boat">';

  test('of an author’s own page: images are beside the seed', () => {
    expect(readHtmlSeed(picture).html).toContain('src="https://site.example/images/letters/boat.jpg"');
  });

  test('of a scraped page: images are on its original site', () => {
    const article = withHead('<link rel="canonical" href="https://quay.example/2024/ferry">', picture);
    expect(article.html).toContain('src="https://quay.example/2024/boat.jpg"');
    expect(article.html).toContain('href="https://quay.example/map"');
    expect(article.canonical).toBe('https://quay.example/2024/ferry');
  });

  test.each(['javascript:alert(1)', 'https://', 'https://quay.example/', 'nowhere'])(
    '%s is no canonical URL of an article',
    (url) => {
      expect(withHead(`<link rel="canonical" href="${url}">`).canonical).toBeUndefined();
    },
  );

  test('of images that a script would load', () => {
    const html =
      '<h1>Ferry</h1><p>Look at it.</p><img src="data:image/gif;base64,R0lGOD" data-src="https://quay.example/boat.jpg" alt="">';
    expect(readHtmlSeed(html).html).toContain('src="https://quay.example/boat.jpg"');
  });
});

test('language, image, description and topics', () => {
  const head =
    '<meta property="og:locale" content="pt_PT"><meta property="og:image" content="https://quay.example/a.jpg"><meta property="og:image:alt" content="A boat"><meta name="description" content="The ferry runs again after the storm, to the minute."><meta name="keywords" content="Ferries, Harbour, ferries, ">';
  expect(withHead(head)).toMatchObject({
    language: 'pt-PT',
    image: { url: 'https://quay.example/a.jpg', alt: 'A boat' },
    summary: 'The ferry runs again after the storm, to the minute.',
    topics: ['Ferries', 'Harbour'],
  });
});

test('a list of keywords for search engines gives at most twelve topics', () => {
  const words = Array.from({ length: 80 }, (_, index) => `word${index}`).join(',');
  expect(withHead(`<meta name="keywords" content="${words}">`).topics).toHaveLength(12);
});

test('an address too long for browsers is left out', () => {
  const url = `https://quay.example/${'a'.repeat(2_000)}`;
  const head = `<link rel="canonical" href="${url}"><meta property="og:image" content="${url}">`;
  const { canonical, image } = withHead(head);
  expect({ canonical, image }).toEqual({ canonical: undefined, image: undefined });
});
