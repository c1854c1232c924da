import { expect, it } from 'vitest';
import { renderArchivePage } from '../../../functions/core/site/render-archive-page.ts';
import { renderHomePage } from '../../../functions/core/site/render-home-page.ts';
import { renderIndexPage } from '../../../functions/core/site/render-index-page.ts';
import { renderListPage } from '../../../functions/core/site/render-list-page.ts';
import { renderMonthPage } from '../../../functions/core/site/render-month-page.ts';
import { queryPage } from './query-page.ts';
import { arabicPageEntry, embassyEntry, latestEntries, tidesEntry } from './sample-entries.ts';
import { createSitePage } from './site-page-fixture.ts';

const site = createSitePage();
const town = { name: 'Town', slug: 'town' };

it('the front page shows every article handed in, once, in order, the first of them as the lead', () => {
  const page = queryPage(renderHomePage(site, { latest: latestEntries, months: ['2026-11'], topics: [town] }));
  expect(page.texts('.story-title')).toEqual(latestEntries.map(({ title }) => title));
  expect(page.text('.lead .story-title')).toBe(tidesEntry.title);
  expect(page.attribute('.lead a[href^="/articles"]', 'href')).toBe(`/articles/${tidesEntry.slug}`);
  expect(page.text('.folio')).toContain('Latest: 20 November 2026');
  expect(page.text('.foundations a[href="/archive/2026-11"]')).toBe('November 2026');
  expect(page.has('.foundations a[href="/topics/town"]')).toBe(true);
});

it('a picture carries one of the five newest articles to the lead, and the others keep their order', () => {
  const leadOf = (entries: (typeof tidesEntry)[]) =>
    queryPage(renderHomePage(site, { latest: entries, months: [], topics: [] })).texts('.story-title')[0];
  const [first = embassyEntry, ...others] = latestEntries.filter(({ image }) => !image);
  expect(leadOf([first, ...others])).toBe(first.title);
  expect(leadOf([first, ...others.slice(0, 3), tidesEntry])).toBe(tidesEntry.title);
  expect(leadOf([first, ...others.slice(0, 4), tidesEntry])).toBe(first.title);
});

it('what its author features leads, however old, and the others keep their order', () => {
  const [first = embassyEntry, second = embassyEntry, ...others] = latestEntries.filter(({ image }) => !image);
  const titlesOf = (latest: (typeof tidesEntry)[]) =>
    queryPage(renderHomePage(site, { latest, months: [], topics: [] })).texts('.story-title');
  const featured = others.map((entry): typeof tidesEntry => ({ ...entry, featured: true }));
  expect(titlesOf([first, tidesEntry, second, ...featured])).toEqual(
    [...featured, first, tidesEntry, second].map(({ title }) => title),
  );
});

it('pictures of stories have sizes for their column, and the lead alone is loaded at once', () => {
  const image = { url: `${site.site}/images/quay.jpg`, alt: 'The quay' };
  const pictures = [
    { path: '/images/quay.jpg', width: 4000, height: 3000, sizes: { id: 'f00', type: 'jpg' as const } },
  ];
  const entries = latestEntries.map((entry) => ({ ...entry, image, pictures }));
  const page = queryPage(renderHomePage(site, { latest: entries, months: [], topics: [] }));
  expect(page.attributes('img[fetchpriority]', 'src')).toEqual([`${site.site}/pictures/f00/1200.jpg`]);
  expect(page.attribute('.lead img', 'loading')).toBeNull();
  expect(new Set(page.attributes('.rest img', 'loading'))).toEqual(new Set(['lazy']));
  expect(new Set(page.attributes('img', 'width'))).toEqual(new Set(['4000']));
  expect(page.attribute('.rest source', 'srcset')).toContain('/pictures/f00/480.webp 480w');
  const [lead, rest] = ['.lead img', '.rest img'].map((selector) => page.attribute(selector, 'sizes'));
  expect([lead, rest]).toEqual([expect.stringMatching(/48rem.*100vw$/), expect.stringMatching(/24rem.*100vw$/)]);
});

it('the front page of a new publication says that there is nothing yet', () => {
  const page = queryPage(renderHomePage(site, { latest: [], months: [], topics: [] }));
  expect(page.text('.empty')).toBe('Nothing has been published here yet.');
});

it('a card in another language has its lang and dir, and its own language none', () => {
  const page = queryPage(renderHomePage(site, { latest: [embassyEntry, arabicPageEntry], months: [], topics: [] }));
  expect(page.attributes('.story-title', 'lang')).toEqual([null, 'ar']);
  expect(page.attributes('.story-summary', 'dir')).toEqual([null, 'rtl']);
});

it('a month tells its part, and leads to its other parts and to the months around it', () => {
  const page = queryPage(
    renderMonthPage(site, {
      month: '2026-11',
      part: 2,
      parts: 3,
      entries: latestEntries,
      previous: '2026-09',
      next: '2027-01',
    }),
  );
  expect(page.text('title')).toBe('November 2026, Part 2 of 3 · The Harbour Gazette');
  expect(page.attribute('link[rel=canonical]', 'href')).toMatch(/\/archive\/2026-11\/2$/);
  expect(page.attributes('.parts a', 'href')).toEqual(['/archive/2026-11', '/archive/2026-11/2', '/archive/2026-11/3']);
  expect(page.attribute('.parts [aria-current]', 'aria-label')).toBe('Part 2 of 3');
  expect(page.attribute('link[rel=prev]', 'href')).toBe('/archive/2026-11');
  expect(page.attribute('link[rel=next]', 'href')).toBe('/archive/2026-11/3');
  expect(page.texts('.neighbours a')).toEqual(['Earlier: September 2026', 'Later: January 2027']);
});

it('a month in one part with none around it leads nowhere else', () => {
  const page = queryPage(renderMonthPage(site, { month: '2026-11', part: 1, parts: 1, entries: latestEntries }));
  expect(page.has('.parts')).toBe(false);
  expect(page.has('.neighbours')).toBe(false);
});

it('the archive has its months by year, with their counts where they are known', () => {
  const page = queryPage(
    renderArchivePage(site, [{ month: '2026-02', count: 1_234 }, { month: '2026-01' }, { month: '2024-12' }]),
  );
  expect(page.texts('h2')).toEqual(['2026', '2024']);
  expect(page.texts('.names-list li')).toEqual(['February 1,234', 'January', 'December']);
});

it('a topic has feeds of its own besides those of the publication', () => {
  const page = queryPage(
    renderListPage(site, {
      kind: 'topic',
      topicOrAuthor: town,
      entries: latestEntries,
      years: ['2026', '2023'],
    }),
  );
  expect(page.attributes('link[rel=alternate]', 'href')).toEqual([
    '/topics/town/rss.xml',
    '/topics/town/atom.xml',
    '/topics/town/feed.json',
    '/rss.xml',
    '/atom.xml',
    '/feed.json',
  ]);
  expect(page.attributes('.parts a', 'href')).toEqual(['/topics/town/2026', '/topics/town/2023']);
});

it('a topic is not said again over each of its articles', () => {
  const harbour = { name: 'Harbour', slug: 'harbour' };
  const page = queryPage(
    renderListPage(site, {
      kind: 'topic',
      topicOrAuthor: harbour,
      entries: [tidesEntry, arabicPageEntry],
      years: ['2026'],
    }),
  );
  expect(page.texts('.story .kicker')).toEqual(['Science & weather']);
});

it('the year of an author names both, stands at an address of its own and leads back', () => {
  const lima = { name: 'Marta Lima', slug: 'marta-lima' };
  const page = queryPage(
    renderListPage(site, {
      kind: 'author',
      topicOrAuthor: lima,
      entries: latestEntries,
      years: ['2026'],
      year: '2026',
    }),
  );
  expect(page.text('h1')).toBe('Marta Lima 2026');
  expect(page.attribute('link[rel=canonical]', 'href')).toMatch(/\/authors\/marta-lima\/2026$/);
  expect(page.attribute('h1 a', 'href')).toBe('/authors/marta-lima');
  expect(page.attributes('link[rel=alternate]', 'href')).toHaveLength(3);
  expect(page.texts('.parts [aria-current]')).toEqual(['2026']);
});

it('names are sorted as the language of the publication sorts', () => {
  const names = ['Zürich', 'Ängelholm', 'Ähre', 'Arbeit'].map((name, slug) => ({ name, slug: String(slug) }));
  const sorted = (language: string) =>
    queryPage(renderIndexPage(createSitePage({ language }), { kind: 'topic', names })).texts('.names-list li');
  expect(sorted('de')).toEqual(['Ähre', 'Ängelholm', 'Arbeit', 'Zürich']);
  expect(sorted('sv')).toEqual(['Arbeit', 'Zürich', 'Ähre', 'Ängelholm']);
});
