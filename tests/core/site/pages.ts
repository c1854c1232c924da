import type { PageContext } from '../../../functions/core/site/page-context.ts';
import { renderArchivePage } from '../../../functions/core/site/render-archive-page.ts';
import { renderArticlePage } from '../../../functions/core/site/render-article-page.ts';
import { renderHomePage } from '../../../functions/core/site/render-home-page.ts';
import { renderIndexPage } from '../../../functions/core/site/render-index-page.ts';
import { renderListPage } from '../../../functions/core/site/render-list-page.ts';
import { renderMonthPage } from '../../../functions/core/site/render-month-page.ts';
import { renderNotFoundPage } from '../../../functions/core/site/render-not-found-page.ts';
import { renderOwnPage } from '../../../functions/core/site/render-own-page.ts';
import { renderSearchPage } from '../../../functions/core/site/render-search-page.ts';
import { renderSubscribePage } from '../../../functions/core/site/render-subscribe-page.ts';
import { renderAllIssuePages } from '../newsletter/pages/render-all-issue-pages.ts';
import { renderAllSubscriptionPages } from '../newsletter/pages/render-all-subscription-pages.ts';
import { arabicPageEntry, embassyEntry, latestEntries, shortEntries, tidesEntry } from './sample-entries.ts';

const town = { name: 'Town', slug: 'town' };
const lima = { name: 'Marta Lima', slug: 'marta-lima' };
const topics = [
  { name: 'Harbour', slug: 'harbour', count: 12 },
  { name: 'Books', slug: 'books', count: 1_204 },
  { name: 'الميناء', slug: 'الميناء' },
  { name: 'World', slug: 'world' },
  { name: 'Science & weather', slug: 'science-weather' },
  town,
];
const months = ['2026-11', '2026-10', '2026-08', '2025-12', '2025-01', '2023-12'];

const menuPages = [
  { name: 'about', title: 'About us', path: '/about', menu: 'header', updated: '2026-11-20T00:00:00.000Z' },
  { name: 'imprint', title: 'Imprint', path: '/imprint', menu: 'footer', updated: '2026-11-20T00:00:00.000Z' },
  { name: 'privacy', title: 'Privacy', path: '/privacy', menu: 'footer', updated: '2026-11-20T00:00:00.000Z' },
] as const;

const withProfile = (site: PageContext): PageContext => ({
  ...site,
  publication: {
    ...site.publication,
    authors: [
      {
        name: lima.name,
        biography: 'She reads the tide tables.',
        picture: '/images/lima.svg',
        url: 'https://lima.example',
      },
    ],
  },
});

/** Every kind of page by a short name, as one site would have them. */
export const renderAllPages = (site: PageContext): Readonly<Record<string, string>> => ({
  home: renderHomePage(site, { latest: latestEntries, months, topics }),
  'home-of-one': renderHomePage(site, { latest: [embassyEntry], months: ['2023-12'], topics: [] }),
  'home-empty': renderHomePage(site, { latest: [], months: [], topics: [] }),
  article: renderArticlePage(site, tidesEntry),
  'article-with-ways-on': renderArticlePage({ ...site, hasSignUp: true, pages: menuPages }, tidesEntry, [
    ...latestEntries.slice(0, 2),
    arabicPageEntry,
  ]),
  'own-page': renderOwnPage(
    { ...site, pages: menuPages },
    { ...tidesEntry, slug: 'about', page: { name: 'about', menu: 'header' } },
  ),
  'author-profile': renderListPage(withProfile(site), {
    kind: 'author',
    topicOrAuthor: lima,
    entries: shortEntries,
    years: ['2026'],
    count: 1_204,
  }),
  'article-rtl': renderArticlePage(site, arabicPageEntry),
  'article-wire': renderArticlePage(site, embassyEntry),
  month: renderMonthPage(site, {
    month: '2026-11',
    part: 1,
    parts: 3,
    entries: latestEntries,
    previous: '2026-10',
    next: '2026-12',
  }),
  'month-part': renderMonthPage(site, { month: '2026-11', part: 2, parts: 3, entries: shortEntries }),
  archive: renderArchivePage(
    site,
    months.map((month, position) => (position % 2 ? { month } : { month, count: 1_000 * position + 3 })),
  ),
  search: renderSearchPage(site, {
    months: months.map((month) => ({ month })),
    indexes: ['newest', '2026'],
    script: '/assets/search-0123.js',
  }),
  topic: renderListPage(site, {
    kind: 'topic',
    topicOrAuthor: town,
    entries: shortEntries,
    years: ['2026', '2025'],
  }),
  'topic-year': renderListPage(site, {
    kind: 'topic',
    topicOrAuthor: town,
    entries: latestEntries,
    years: ['2026', '2025'],
    year: '2026',
  }),
  author: renderListPage(site, {
    kind: 'author',
    topicOrAuthor: lima,
    entries: shortEntries,
    years: ['2026'],
  }),
  topics: renderIndexPage(site, { kind: 'topic', names: topics }),
  authors: renderIndexPage(site, {
    kind: 'author',
    names: [lima, { name: 'Tom Aldous', slug: 'tom-aldous' }],
  }),
  subscribe: renderSubscribePage(site, topics),
  'subscribe-sign-up': renderSubscribePage({ ...site, hasSignUp: true }, topics),
  'not-found': renderNotFoundPage(site),
  ...renderAllSubscriptionPages(site),
  ...renderAllIssuePages(site),
});
