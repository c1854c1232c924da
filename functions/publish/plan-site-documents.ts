import { type Entry, putFeaturedFirst, type TopicOrAuthor, type WithdrawnArticle } from '../core/entry.ts';
import { buildOpenSearch } from '../core/feed/build-open-search.ts';
import { buildOpml } from '../core/feed/build-opml.ts';
import { buildRobots, buildSitemap, buildSitemapIndex } from '../core/feed/build-sitemap.ts';
import { toFeedId } from '../core/identity.ts';
import type { ListSize, MonthSummary } from '../core/lifecycle/manifest.ts';
import { selectPageMessages } from '../core/messages.ts';
import { planSearchIndexes } from '../core/search/plan-search-indexes.ts';
import { renderArchivePage } from '../core/site/render-archive-page.ts';
import { renderIcon, renderStyle } from '../core/site/render-assets.ts';
import { maxHomeTopics, renderHomePage } from '../core/site/render-home-page.ts';
import { renderIndexPage } from '../core/site/render-index-page.ts';
import { renderNotFoundPage } from '../core/site/render-not-found-page.ts';
import { renderSearchPage } from '../core/site/render-search-page.ts';
import { renderSubscribePage } from '../core/site/render-subscribe-page.ts';
import { isSearchScript, sitePaths } from '../core/site-paths.ts';
import { compareStrings } from '../core/text/compare-strings.ts';
import { type BuildContext, omitBodyKeys } from './build-context.ts';
import { planFeedDocuments, planFeedEntries } from './plan-feed-documents.ts';
import { findNewestArchive } from './plan-month-documents.ts';
import { type PlannedDocument, planDocument, planListDocument } from './write-documents.ts';

export const homePageSize = 30;

interface LatestInput {
  /** Newest arrival first. */
  readonly latest: readonly Entry[];
  readonly withdrawn: readonly WithdrawnArticle[];
  /** Oldest first. */
  readonly months: readonly MonthSummary[];
}

const sortTopics = (topics: readonly ListSize[]): TopicOrAuthor[] =>
  topics.map(({ slug, name }) => ({ slug, name })).sort((a, b) => compareStrings(a.slug, b.slug));

const listMonthNames = (months: readonly MonthSummary[]): string[] => months.map(({ name }) => name).reverse();

export const planHomePage = (
  { pageContext }: BuildContext,
  { latest, months }: Pick<LatestInput, 'latest' | 'months'>,
  largestTopics: readonly ListSize[],
): PlannedDocument => {
  const home = {
    latest: latest.slice(0, homePageSize),
    months: listMonthNames(months),
    topics: largestTopics.slice(0, maxHomeTopics).map(({ slug, name }) => ({ slug, name })),
  };
  const inputs = { ...home, latest: omitBodyKeys(home.latest) };
  return planListDocument(sitePaths.home, inputs, { items: home.latest }, (some) =>
    renderHomePage(pageContext, { ...home, latest: some }),
  );
};

export const planMainFeeds = (context: BuildContext, { latest, withdrawn, months }: LatestInput): PlannedDocument[] => {
  const { publication } = context.services;
  const previous = findNewestArchive(months);
  return planFeedDocuments(
    context,
    {
      title: publication.title,
      description: publication.description,
      page: sitePaths.home,
      paths: sitePaths.feeds,
      feedId: toFeedId(publication, sitePaths.home),
      withdrawn,
      history: { isArchive: false, ...(previous && { previous }) },
    },
    planFeedEntries(context, putFeaturedFirst(latest.slice(0, publication.feedSize))),
  );
};

/** The documents that say which topics and authors there are. */
export const planNames = (
  { pageContext }: BuildContext,
  { topics, authors }: { readonly topics: readonly TopicOrAuthor[]; readonly authors: readonly TopicOrAuthor[] },
): PlannedDocument[] => [
  planDocument(sitePaths.topics, topics, () => renderIndexPage(pageContext, { kind: 'topic', names: topics })),
  planDocument(sitePaths.authors, authors, () => renderIndexPage(pageContext, { kind: 'author', names: authors })),
  planDocument(sitePaths.subscribe, topics, () => renderSubscribePage(pageContext, topics)),
];

/** A list of feeds to subscribe to: of the largest topics, with a link to the page of all. */
export const planOpml = (
  { pageContext, services }: BuildContext,
  { largestTopics, hasMoreTopics }: { readonly largestTopics: readonly ListSize[]; readonly hasMoreTopics: boolean },
): PlannedDocument => {
  const { publication, site } = services;
  const mainFeed = { title: publication.title, page: sitePaths.home, rss: sitePaths.feeds.rss };
  const topicFeeds = sortTopics(largestTopics).map((topic) => ({
    title: `${publication.title}: ${topic.name}`,
    page: sitePaths.topic(topic),
    rss: sitePaths.topicFeeds(topic).rss,
  }));
  const more = hasMoreTopics && { title: selectPageMessages(pageContext).topics, page: sitePaths.topics };
  const opml = { feeds: [mainFeed, ...topicFeeds], ...(more && { more }) };
  return planDocument(sitePaths.opml, opml, () => buildOpml({ publication, site, ...opml }));
};

const planPagesSitemap = ({ build: { pages }, services: { site } }: BuildContext): PlannedDocument[] => {
  const urls = pages.map(({ path, updated }) => ({ path, updated }));
  return urls.length === 0 ? [] : [planDocument(sitePaths.pagesSitemap, urls, () => buildSitemap({ site, urls }))];
};

const planSearchPage = (
  { pageContext, services: { themeFiles } }: BuildContext,
  months: readonly MonthSummary[],
): PlannedDocument => {
  const search = {
    months: listMonthNames(months).map((month) => ({ month })),
    indexes: planSearchIndexes(months)
      .map(({ name }) => name)
      .reverse(),
    script: Object.keys(themeFiles).find(isSearchScript),
  };
  return planDocument(sitePaths.search, search, () => renderSearchPage(pageContext, search));
};

/** What is known without reading a list. */
export const planFixedDocuments = (context: BuildContext, months: readonly MonthSummary[]): PlannedDocument[] => {
  const {
    build: { pages },
    pageContext,
    services: { publication, render, site, themeFiles },
  } = context;
  const names = listMonthNames(months);
  const style = renderStyle(render);
  const sitemaps = months
    .toReversed()
    .flatMap(({ name, updates }) =>
      updates.map((updated, index) => ({ path: sitePaths.monthSitemap(name, index + 1), updated })),
    );
  const newestPage = pages
    .map(({ updated }) => updated)
    .sort()
    .at(-1);
  const indexed = [
    ...(newestPage === undefined ? [] : [{ path: sitePaths.pagesSitemap, updated: newestPage }]),
    ...sitemaps,
  ];
  return [
    planDocument(sitePaths.archive, names, () =>
      renderArchivePage(
        pageContext,
        names.map((month) => ({ month })),
      ),
    ),
    planSearchPage(context, months),
    planDocument(sitePaths.openSearch, null, () => buildOpenSearch(publication, site)),
    planDocument(sitePaths.notFound, null, () => renderNotFoundPage(pageContext)),
    planDocument(sitePaths.style(style.hash), null, () => style.css),
    planDocument(sitePaths.icon, null, () => renderIcon(pageContext)),
    ...Object.entries(themeFiles).map(([path, content]) =>
      planDocument(path, null, () => Buffer.from(content, 'base64')),
    ),
    planDocument(sitePaths.sitemap, indexed, () => buildSitemapIndex({ site, urls: indexed })),
    ...planPagesSitemap(context),
    planDocument(sitePaths.robots, null, () => buildRobots(site)),
  ];
};
