import { expect, test } from 'vitest';
import { expectConsistentSite } from './expect-consistent-site.ts';
import { createInMemoryPublishFixture } from './in-memory-publish-fixture.ts';
import type { PublishFixture, PublishFixtureOptions } from './publish-fixture.ts';
import { createRequestTracer, formatCounts } from './trace-requests.ts';

const article =
  '---\ntitle: The ferry sails\ntags: [Harbour]\nauthor: Ana\n---\n\nAt noon. See [us](pages/about.md).\n';
const imprint =
  '---\ntitle: Imprint\n---\n\nThe Test Gazette, 1 Test Street, Porto. Back to the [ferry](../ferry.md).\n';
const about = '---\ntitle: About us\nmenu: header\norder: 2\n---\n\nWe write of ferries.\n';

/** A site with an article and, at first, no pages. */
const createSite = async (options: PublishFixtureOptions = {}) => {
  const fixture = await createInMemoryPublishFixture(options);
  const bucket = new Map<string, string>();
  return {
    fixture,
    bucket,
    read: (path: string) => fixture.read('site', path),
    put: async (files: Readonly<Record<string, string>>) => {
      for (const [key, text] of Object.entries(files)) {
        bucket.set(key, text);
        await fixture.upload(key, text);
      }
      await fixture.deliverAll();
    },
    remove: async (key: string) => {
      bucket.delete(key);
      await fixture.remove(key);
      await fixture.deliverAll();
    },
  };
};

const listSections = (html = ''): string[] =>
  [...html.matchAll(/<li(?: class="call")?><a href="(\/[^"]*)"/g)].map(([, href = '']) => href);

/** Every HTML document of the site that readers see. */
const readAllPages = async (fixture: PublishFixture): Promise<Map<string, string>> => {
  const pages = new Map<string, string>();
  for (const key of (await fixture.list('site')).keys()) {
    const text = await fixture.read('site', key);
    if (text?.includes('class="colophon"')) pages.set(key, text);
  }
  return pages;
};

test('a seed under pages/ has a short address, stands in the menus of every page and in the sitemap, and in no list, feed or issue', async () => {
  const { fixture, bucket, put, read } = await createSite();
  await put({ 'ferry.md': article, 'pages/imprint.md': imprint, 'pages/about.md': about });
  expect(await read('imprint')).toContain(
    '<p>The Test Gazette, 1 Test Street, Porto. Back to the <a href="https://news.example/articles/the-ferry-sails">',
  );
  expect(await read('imprint')).not.toMatch(/application\/ld\+json|read-on/);
  expect(await read('articles/the-ferry-sails')).toContain('<a href="https://news.example/about">us</a>');
  const pages = await readAllPages(fixture);
  expect(pages.size).toBeGreaterThan(10);
  for (const [key, html] of pages) {
    expect(listSections(html), key).toContain('/about');
    expect(html, key).toContain('<li><a href="/imprint"');
  }
  expect(listSections(await read('index.html'))).toEqual(
    expect.arrayContaining(['/topics', '/authors', '/archive', '/about', '/subscribe']),
  );
  expect(await read('imprint')).toContain('<a href="/imprint" aria-current="page">Imprint</a>');
  expect(await read('sitemap-pages.xml')).toContain('<loc>https://news.example/imprint</loc>');
  expect(await read('sitemap.xml')).toContain('<loc>https://news.example/sitemap-pages.xml</loc>');
  for (const key of (await fixture.list('site')).keys())
    if (/\.(?:xml|json|txt)$/.test(key) && !key.startsWith('sitemap-pages'))
      expect(await read(key), key).not.toContain('1 Test Street, Porto. Back');
  expect(await read('digest/daily.html')).not.toContain('href="https://news.example/imprint"');
  await expectConsistentSite(fixture, bucket);
});

test('a page that is renamed, moved in a menu or deleted changes the menus of all pages, and a corrected one its own alone', async () => {
  const { fixture, bucket, put, read, remove } = await createSite();
  await put({ 'ferry.md': article, 'pages/imprint.md': imprint, 'pages/about.md': about });
  await put({ 'pages/about.md': about.replace('About us', 'Who we are') });
  for (const [key, html] of await readAllPages(fixture)) expect(html, key).toMatch(/<a href="\/about"[^>]*>Who we are/);
  const before = await fixture.list('site');
  await put({ 'pages/imprint.md': imprint.replace('1 Test Street', '2 Test Street') });
  const after = await fixture.list('site');
  expect(
    [...after]
      .filter(([key, etag]) => before.get(key) !== etag)
      .map(([key]) => key)
      .sort(),
  ).toEqual(['imprint', 'sitemap-pages.xml', 'sitemap.xml']);
  await remove('pages/about.md');
  expect(await read('about')).toBeUndefined();
  for (const [key, html] of await readAllPages(fixture)) expect(html, key).not.toContain('href="/about"');
  await remove('pages/imprint.md');
  expect(await read('sitemap-pages.xml')).toBeUndefined();
  await expectConsistentSite(fixture, bucket);
});

test.each([
  ['menu: main', /^menu \(line 3\) must be header, footer or none/],
  ['order: first', /^order \(line 3\) must be a whole number/],
])('a page with `%s` is refused, an article is not: other tools have it there', async (field, reason) => {
  const { fixture, put, read } = await createSite();
  const text = `---\ntitle: Terms\n${field}\n---\n\nSome text.\n`;
  await put({ 'pages/terms.md': text, 'news/terms-2.md': text.replace('Terms', 'News') });
  expect(await read('terms')).toBeUndefined();
  expect(await fixture.read('internal', 'rejections/pages/terms.md.txt')).toMatch(
    new RegExp(`Reason: The front matter has mistakes: ${reason.source.slice(1)}`),
  );
  expect(await read('articles/news')).toContain('Some text.');
});

test('the address of a page is that of its file or its slug, and never one that the site has itself', async () => {
  const { fixture, put, read } = await createSite();
  const write = (title: string, more = '') => `---\ntitle: ${title}\n${more}---\n\nSome text.\n`;
  await put({
    'pages/Über uns.md': write('Die Redaktion'),
    'pages/privacy.md': write('Datenschutz', 'slug: datenschutz\n'),
  });
  await put({ 'pages/topics.md': write('Topics of ours'), 'pages/archive.txt': 'Our archive\n\nSome text of it.\n' });
  expect(await read('ueber-uns')).toContain('Die Redaktion');
  expect(await read('datenschutz')).toContain('Datenschutz');
  expect(await read('topics')).not.toContain('Topics of ours</h1>');
  expect(await fixture.read('internal', 'notices/pages/topics.md.txt')).toMatch(
    /`\/topics` is taken, so this page is at `\/topics-[\da-f]{6}`\. Choose another `slug`\./,
  );
  expect([...(await fixture.list('site')).keys()].filter((key) => /^archive-[\da-f]{6}$/.test(key))).toHaveLength(1);
  expect(await read('ueber-uns/')).toContain('url=/ueber-uns');
});

test('an article that is moved into pages/ leads on from its old address and is in no list any more, and back again', async () => {
  const { fixture, bucket, put, read, remove } = await createSite();
  const text = '---\ntitle: House rules\ntags: [Harbour]\n---\n\nBe kind.\n';
  await put({ 'ferry.md': article, 'rules.md': text });
  expect(await read('rss.xml')).toContain('House rules');
  await put({ 'pages/rules.md': text });
  await remove('rules.md');
  expect(await read('rules')).toContain('Be kind.');
  expect(await read('articles/house-rules')).toContain('url=/rules');
  expect(await read('rss.xml')).not.toContain('House rules');
  await put({ 'rules.md': text });
  await remove('pages/rules.md');
  expect(await read('articles/house-rules')).toContain('Be kind.');
  expect(await read('rules')).toContain('url=/articles/house-rules');
  await expectConsistentSite(fixture, new Map([...bucket]));
});

test('a draft of a page has a preview as a page alone, and one that waits for its date is in no menu', async () => {
  const { fixture, put, read } = await createSite();
  await put({
    'ferry.md': article,
    'pages/imprint.md': imprint.replace('---\n\n', 'draft: true\n---\n\n'),
    'pages/jobs.md': '---\ntitle: Jobs\ndate: 2199-01-01\n---\n\nWe look for a pilot.\n',
  });
  expect(await read('index.html')).not.toMatch(/href="\/(?:imprint|jobs)"/);
  const previews = [...(await fixture.list('site')).keys()].filter((key) => key.startsWith('previews/'));
  expect(previews).toHaveLength(2);
  for (const key of previews) {
    expect(key).toMatch(/^previews\/[^/]+$/);
    expect(await read(key)).not.toMatch(/No issue will have|\/entry"/);
  }
});

test('the sign-up form links to the page whose file is called privacy, and its consent names it', async () => {
  const { fixture, put, read } = await createSite();
  await put({ 'ferry.md': article });
  const findWords = async () =>
    /name="words" type="hidden" value="([^"]+)"/.exec((await read('subscribe')) ?? '')?.[1] ?? '';
  const before = await findWords();
  await put({
    'pages/privacy.md': '---\ntitle: Datenschutz\nslug: datenschutz\nmenu: none\n---\n\nWe keep your address.\n',
  });
  expect(await read('subscribe')).toContain('<a href="/datenschutz">Datenschutz</a>');
  const words = await findWords();
  expect(words).not.toBe(before);
  expect((await fixture.listItems()).get(`CONSENT_WORDS#${words} | CONSENT_WORDS`)?.text).toMatch(/ · Datenschutz$/);
});

test('an article costs the same requests with pages as without', async () => {
  const counts = new Set<string>();
  for (const pages of [{}, { 'pages/imprint.md': imprint, 'pages/about.md': about }]) {
    const { onRequest, trace } = createRequestTracer();
    const { put } = await createSite({ onRequest });
    await put({ 'first.md': article.replace('The ferry', 'The boat'), ...pages });
    await put({ 'second.md': article.replace('The ferry', 'The ship') });
    counts.add(
      formatCounts(
        await trace(() => put({ 'third.md': article.replace('The ferry', 'The yacht').replace(/See.*/, '') })),
      ),
    );
  }
  expect([...counts]).toHaveLength(1);
});
