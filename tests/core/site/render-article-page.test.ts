import { expect, it } from 'vitest';
import type { FullEntry } from '../../../functions/core/entry.ts';
import { renderArticlePage } from '../../../functions/core/site/render-article-page.ts';
import { queryPage } from './query-page.ts';
import { arabicPageEntry, embassyEntry, tidesEntry } from './sample-entries.ts';
import { createSitePage } from './site-page-fixture.ts';

const pageOf = (overrides: Partial<FullEntry> = {}, site = createSitePage()) =>
  queryPage(renderArticlePage(site, { ...embassyEntry, ...overrides }));

it('shows headline, author, place, agency, day, editors and topics, each with its link', () => {
  const page = pageOf();
  expect(page.text('h1')).toBe(embassyEntry.title);
  expect(page.text('.byline .names')).toBe('By Taimur Azhari');
  expect(page.attribute('.byline .names a', 'href')).toBe('/authors/taimur-azhari');
  expect(page.texts('.facts > span')).toEqual(['Baghdad, Reuters', '8 December 2023', '2 minutes to read']);
  expect(page.text('.article-foot > p')).toBe('Editing by Gerry Doyle and Angus MacSwan');
  expect(page.attributes('.filed a', 'href')).toEqual(['/topics/world', '/topics/iraq']);
});

it('shows the day alone where no hour is known, in the zone of the publication', () => {
  const midnightInAuckland = '2023-12-07T11:00:00.000Z';
  const page = pageOf({ published: midnightInAuckland }, createSitePage({ timeZone: 'Pacific/Auckland' }));
  expect(page.attribute('.facts time', 'datetime')).toBe('2023-12-08');
  expect(page.text('.facts time')).toBe('8 December 2023');
  expect(page.attribute('meta[property="article:published_time"]', 'content')).toBe('2023-12-08');
});

it('shows day and hour where they are known', () => {
  const page = pageOf({ published: '2026-07-01T22:30:00.000Z', dateOnly: false });
  expect(page.text('.facts time')).toBe('1 July 2026 at 23:30');
  expect(page.attribute('.facts time', 'datetime')).toBe('2026-07-01T22:30:00.000Z');
});

it('says that an article was changed, once that is later than its publication as shown', () => {
  expect(pageOf({ updated: '2023-12-08T22:00:00.000Z' }).has('.revised')).toBe(false);
  expect(pageOf({ updated: '2023-12-10T09:00:00.000Z' }).text('.revised')).toBe('Updated 10 December 2023');
});

it('does not say the opening twice: a summary taken from it is no standfirst', () => {
  const opening = embassyEntry.text.slice(0, 60);
  expect(pageOf().text('.standfirst')).toBe(embassyEntry.summary);
  expect(pageOf({ summary: `${opening}…` }).has('.standfirst')).toBe(false);
});

it('shows the picture above the text, unless the text shows it', () => {
  const image = { url: 'https://a.example/p.png?w=1&h=2', alt: 'A pier' };
  expect(pageOf({ image }).attribute('.hero img', 'alt')).toBe('A pier');
  const html = '<p><img src="https://a.example/p.png?w=1&amp;h=2" alt="A pier" /></p>';
  expect(pageOf({ image, html }).has('.hero')).toBe(false);
});

const quay = {
  image: { url: `${createSitePage().site}/images/quay.jpg`, alt: 'The quay' },
  pictures: [
    { path: '/images/quay.jpg', width: 4000, height: 3000, sizes: { id: 'f00', type: 'jpg' } },
    { path: '/images/tide.jpg', width: 3000, height: 4000 },
  ],
} satisfies Partial<FullEntry>;

it('loads its lead picture first, in the size of the screen, and has a place for each before it is there', () => {
  const html = `<p><img src="${createSitePage().site}/images/tide.jpg" alt="" /></p>`;
  const page = pageOf({ ...quay, html });
  const folder = `${createSitePage().site}/pictures/f00`;
  const lead = (name: string) => page.attribute('.hero img', name);
  expect([lead('fetchpriority'), lead('loading'), lead('width'), lead('height')]).toEqual([
    'high',
    null,
    '4000',
    '3000',
  ]);
  expect(lead('src')).toBe(`${folder}/1200.jpg`);
  expect(lead('srcset')).toBe(`${folder}/480.jpg 480w, ${folder}/960.jpg 960w, ${folder}/1200.jpg 1200w`);
  expect(page.attribute('.hero source', 'srcset')).toContain(`${folder}/1600.webp 1600w`);
  expect(page.attribute('.hero source', 'sizes')).toBe(lead('sizes'));
  const body = (name: string) => page.attribute('.prose img', name);
  expect([body('loading'), body('fetchpriority'), body('width'), body('height')]).toEqual([
    'lazy',
    null,
    '3000',
    '4000',
  ]);
  expect(page.text('script')).toContain(`"image":["${folder}/1200.jpg"]`);
});

it('credits the original and names it as the canonical address', () => {
  const page = queryPage(renderArticlePage(createSitePage(), tidesEntry));
  expect(page.attribute('link[rel=canonical]', 'href')).toBe(tidesEntry.canonical);
  expect(page.attribute('.article-foot a[rel=external]', 'href')).toBe(tidesEntry.canonical);
  expect(page.text('.article-foot a[rel=external]')).toBe('tidal-review.example');
});

it('follows no canonical that is no address on the web', () => {
  const page = pageOf({ canonical: 'javascript:alert(1)' });
  expect(page.attribute('link[rel=canonical]', 'href')).toBe(
    `https://harbour-gazette.example/articles/${embassyEntry.slug}`,
  );
  expect(page.has('a[rel=external]')).toBe(false);
});

it('gives an article in another language its language and direction, and what the site says of it the site’s', () => {
  const page = queryPage(renderArticlePage(createSitePage(), arabicPageEntry));
  expect(page.attribute('article', 'lang')).toBe('ar');
  expect(page.attribute('article', 'dir')).toBe('rtl');
  expect(page.attribute('.byline', 'lang')).toBe('en-GB');
  expect(page.attribute('.byline', 'dir')).toBe('ltr');
  expect(page.attribute('meta[property="og:url"]', 'content')).toMatch(/%D8%A7/);
});

it('sees the direction of an article whose language is not known by its letters', () => {
  const { language: _, ...unknown } = arabicPageEntry;
  const page = queryPage(renderArticlePage(createSitePage(), unknown));
  expect(page.attribute('article', 'dir')).toBe('rtl');
  expect(page.attribute('article', 'lang')).toBeNull();
});

it('names a source that the dateline does not', () => {
  expect(pageOf().texts('.article-foot > p')).not.toContain('Source: Reuters');
  expect(pageOf({ source: 'AP' }).texts('.article-foot > p')).toContain('Source: AP');
});

it('tells search engines of the article', () => {
  const told: unknown = JSON.parse(pageOf().text('script') ?? '');
  expect(told).toMatchObject({
    '@type': 'NewsArticle',
    headline: embassyEntry.title,
    inLanguage: 'en-GB',
    datePublished: '2023-12-08',
    dateModified: embassyEntry.updated,
    author: [{ '@type': 'Person', name: 'Taimur Azhari' }],
    editor: [{ name: 'Gerry Doyle' }, { name: 'Angus MacSwan' }],
    locationCreated: { name: 'Baghdad' },
  });
});

it('does without everything that an article may lack', () => {
  const { source: _source, dateline: _dateline, ...bare } = embassyEntry;
  const html = renderArticlePage(createSitePage(), { ...bare, authors: [], editors: [], topics: [] });
  expect(queryPage(html).texts('.byline p')).toEqual(['8 December 2023 2 minutes to read']);
});

it('tells machines who the publisher is: the publication itself unless the settings name one', () => {
  const readPublisher = (site = createSitePage()) =>
    JSON.parse(pageOf({}, site).text('script[type="application/ld+json"]') ?? '').publisher;
  expect(readPublisher()).toEqual({
    '@type': 'Organization',
    name: 'The Harbour Gazette',
    url: 'https://harbour-gazette.example/',
  });
  const publisher = {
    name: 'Cais & Filhos',
    url: 'https://cais.example',
    address: '1 Quay Street, Porto',
    email: 'mail@cais.example',
    logo: 'https://cais.example/logo.png',
  };
  expect(readPublisher(createSitePage({ publisher }))).toEqual({
    '@type': 'Organization',
    ...publisher,
    logo: { '@type': 'ImageObject', url: 'https://cais.example/logo.png' },
  });
});

it('ends with ways to go on: the month, an address to copy, a mail to send, and a sign-up form where there is a newsletter', () => {
  const page = pageOf({ title: 'Eels & "rays": 100 %' }, createSitePage({}, true));
  const address = `https://harbour-gazette.example/articles/${embassyEntry.slug}`;
  expect(page.attributes('.article-foot > p > a', 'href')).toContain('/archive/2023-12');
  expect(page.texts('.share textarea')).toEqual([address]);
  const mail = new URL(page.attribute('.share a', 'href') ?? '');
  expect(mail.protocol).toBe('mailto:');
  expect(mail.searchParams.get('subject')).toBe('Eels & "rays": 100 %');
  expect(mail.searchParams.get('body')).toBe(address);
  expect(page.attribute('form input[name="form"]', 'value')).toBe('article');
  expect(pageOf().has('form')).toBe(false);
});
