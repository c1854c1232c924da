import { describe, expect, it } from 'vitest';
import { renderAllIssuePages } from '../newsletter/pages/render-all-issue-pages.ts';
import { renderAllSubscriptionPages } from '../newsletter/pages/render-all-subscription-pages.ts';
import { renderAllPages } from './pages.ts';
import { queryPage } from './query-page.ts';
import { createSitePage, siteStyle } from './site-page-fixture.ts';

const origin = 'https://harbour-gazette.example';
/** Pages that stand at any address, or at one that is a reader's own. */
const nowhere = [
  'not-found',
  ...Object.keys(renderAllSubscriptionPages(createSitePage())),
  ...Object.keys(renderAllIssuePages(createSitePage())).filter((name) => name.startsWith('approval')),
];
const pages = Object.entries(renderAllPages(createSitePage())).map(([name, html]) => ({
  name,
  page: queryPage(html),
}));

describe.each(pages)('the page $name', ({ name, page }) => {
  it('says its language, direction, title and description', () => {
    expect(page.attribute('html', 'lang')).toBe('en-GB');
    expect(page.attribute('html', 'dir')).toBe('ltr');
    expect(page.text('title')).toMatch(/The Harbour Gazette$/);
    expect(page.attribute('meta[name=description]', 'content')).toMatch(/\p{L}/u);
    expect(page.attribute('meta[property="og:description"]', 'content')).toMatch(/\p{L}/u);
    expect(page.attribute('meta[property="og:site_name"]', 'content')).toBe('The Harbour Gazette');
  });

  it('leads to all three feeds of the publication, each by a title of its own', () => {
    const selector = 'link[rel=alternate]';
    expect(page.attributes(selector, 'href').slice(-3)).toEqual(['/rss.xml', '/atom.xml', '/feed.json']);
    expect(page.attributes(selector, 'type').slice(-3)).toEqual([
      'application/rss+xml',
      'application/atom+xml',
      'application/feed+json',
    ]);
    const titles = page.attributes(selector, 'title');
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('has landmarks, one first heading, a way past the masthead and a way to Subscribe', () => {
    expect(page.texts('h1')).toHaveLength(1);
    expect(page.texts('main')).toHaveLength(1);
    expect(page.attribute('body > a', 'href')).toBe(`#${page.attribute('main', 'id')}`);
    expect(page.has('header nav a[href="/subscribe"]')).toBe(true);
    expect(page.has('body > footer')).toBe(true);
  });

  it('takes its style by the hash of it, and runs no script but the search', () => {
    expect(page.attribute('link[rel=stylesheet]', 'href')).toBe(`/assets/style-${siteStyle.hash}.css`);
    expect(page.has('[style], style, script:not([type="application/ld+json"], [src])')).toBe(false);
    expect(page.attributes('script[src]', 'src')).toEqual(name === 'search' ? ['/assets/search-0123.js'] : []);
  });

  it('has one address, but for those that stand at any', () => {
    const canonical = page.attribute('link[rel=canonical]', 'href');
    if (nowhere.includes(name)) {
      expect(canonical).toBeUndefined();
      expect(page.attribute('meta[name=robots]', 'content')).toBe('noindex');
    } else {
      expect(canonical).toMatch(/^https:/);
      expect(page.attribute('meta[property="og:url"]', 'content')).toMatch(new RegExp(`^${origin}/`));
    }
  });
});

it('marks the section one is in', () => {
  const page = queryPage(renderAllPages(createSitePage()).archive ?? '');
  expect(page.texts('nav [aria-current=page]')).toEqual(['Archive']);
});

it('speaks the language of the publication and is written in its direction', () => {
  const page = queryPage(renderAllPages(createSitePage({ language: 'ar' })).month ?? '');
  expect(page.attribute('html', 'dir')).toBe('rtl');
  expect(page.text('h1')).toBe('نوفمبر 2026');
  expect(page.texts('.sections a')).toEqual(['المواضيع', 'الكتّاب', 'الأرشيف', 'البحث', 'الاشتراك']);
});

it('links to the digests that the publication has', () => {
  const page = queryPage(renderAllPages(createSitePage({ digest: { weekly: { day: 'friday', hour: 6 } } })).home ?? '');
  expect(page.attributes('footer a[href^="/digest"]', 'href')).toEqual(['/digest/weekly.html']);
});
