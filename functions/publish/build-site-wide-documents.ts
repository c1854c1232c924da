import { isStyleSheet } from '../adapters/site-objects.ts';
import { type Entry, putFeaturedFirst, type WithdrawnArticle } from '../core/entry.ts';
import { buildOpml } from '../core/feed/build-opml.ts';
import { buildRobots, buildSitemapIndex } from '../core/feed/build-sitemap.ts';
import { toFeedId } from '../core/identity.ts';
import { listNames } from '../core/lifecycle/list-positions.ts';
import type { Manifest } from '../core/lifecycle/manifest.ts';
import { selectCadences } from '../core/publication.ts';
import { renderArchivePage } from '../core/site/render-archive-page.ts';
import { renderIcon, renderStyle } from '../core/site/render-assets.ts';
import { renderHomePage } from '../core/site/render-home-page.ts';
import { renderIndexPage } from '../core/site/render-index-page.ts';
import { renderNotFoundPage } from '../core/site/render-not-found-page.ts';
import { renderSubscribePage } from '../core/site/render-subscribe-page.ts';
import { sitePaths } from '../core/site-paths.ts';
import { type BuildContext, findLastUpdate, omitBodyKeys } from './build-context.ts';
import { mapSeparately } from './isolate-failures.ts';
import { planFeedDocuments, planFeedEntries } from './plan-feed-documents.ts';
import { planIssueArchive } from './plan-issue-archive.ts';
import { findNewestArchive } from './plan-month-documents.ts';
import { planNextDigest } from './plan-next-digest.ts';
import {
  type DocumentFingerprints,
  type PlannedDocument,
  planDocument,
  planListDocument,
  writeDocuments,
} from './write-documents.ts';

const homePageSize = 30;

interface SiteWideInput {
  /** Newest arrival first. */
  readonly latest: readonly Entry[];
  readonly withdrawn: readonly WithdrawnArticle[];
  /** Oldest first. */
  readonly months: readonly Manifest[];
  readonly topics: readonly Manifest[];
  readonly authors: readonly Manifest[];
}

/**
 * Builds what every article changes: home page, main feeds, next digests, indexes.
 * @returns paths of the main feeds that were written
 */
export const buildSiteWideDocuments = async (
  context: BuildContext,
  { months, withdrawn }: Pick<SiteWideInput, 'months' | 'withdrawn'>,
): Promise<string[]> => {
  const { services } = context;
  const { lists, publication } = services;
  const [before, latest, topics, authors] = await Promise.all([
    lists.getManifest('siteWide', 'siteWide'),
    lists.listEntries(listNames.latest, { newestFirst: true, limit: Math.max(homePageSize, publication.feedSize) }),
    lists.listManifests('topic'),
    lists.listManifests('author'),
  ]);
  const input: SiteWideInput = { latest, withdrawn, months, topics, authors };
  const newsletter = await planNewsletterDocuments(context);
  const planned = [
    ...planPages(context, input),
    ...planMainFeeds(context, input),
    ...planIndexes(context, input),
    ...newsletter.planned,
  ];
  const { kept = [], replaced = [] } = Object.groupBy(Object.entries(omitOldStyleSheets(before, planned)), ([path]) =>
    newsletter.failed.some((start) => path.startsWith(start)) ? 'kept' : 'replaced',
  );
  const { fingerprints, written } = await writeDocuments(context, Object.fromEntries(replaced), planned);
  if (written.length > 0)
    await lists.saveManifest('siteWide', {
      name: 'siteWide',
      title: publication.title,
      fingerprints: { ...Object.fromEntries(kept), ...fingerprints },
    });
  const { rss, atom, json } = sitePaths.feeds;
  return written.filter((path) => [rss, sitePaths.feedXml, atom, json].includes(path));
};

/** @returns with how the paths of those begin that cannot be planned, and stay as they are */
const planNewsletterDocuments = async (
  context: BuildContext,
): Promise<{ readonly planned: readonly PlannedDocument[]; readonly failed: readonly string[] }> => {
  const { log, publication } = context.services;
  const failed: string[] = [];
  const plans = [
    { start: sitePaths.issues, plan: () => planIssueArchive(context) },
    ...selectCadences(publication).map((cadence) => ({
      start: sitePaths.nextDigest(cadence, 'html').slice(0, -'html'.length),
      plan: () => planNextDigest(context, cadence),
    })),
  ];
  const planned = await mapSeparately(
    plans,
    // A second time, as no mark of a change leads to another build.
    ({ plan }) => plan().catch(() => plan()),
    ({ start }, error) => {
      failed.push(start);
      log.error(`${start} cannot be planned and stays as it is`, error);
    },
  );
  return { planned: planned.flat(), failed };
};

/** Old style sheets stay in the bucket: cached pages, and pages that are not rebuilt yet, still load them. */
const omitOldStyleSheets = (
  before: Manifest | undefined,
  planned: readonly PlannedDocument[],
): DocumentFingerprints => {
  const paths = new Set(planned.map(({ path }) => path));
  return Object.fromEntries(
    Object.entries(before?.fingerprints ?? {}).filter(([path]) => paths.has(path) || !isStyleSheet(path)),
  );
};

const toTopicsOrAuthors = (manifests: readonly Manifest[]) =>
  manifests.map(({ name, title }) => ({ slug: name, name: title }));

const planPages = (
  { pageContext, services }: BuildContext,
  { latest, months, topics, authors }: SiteWideInput,
): PlannedDocument[] => {
  const home = {
    latest: latest.slice(0, homePageSize),
    months: months.map(({ name }) => name).reverse(),
    topics: toTopicsOrAuthors(topics),
  };
  const authorNames = toTopicsOrAuthors(authors);
  const style = renderStyle(services.render);
  return [
    planListDocument(sitePaths.home, { ...home, latest: omitBodyKeys(home.latest) }, { items: home.latest }, (some) =>
      renderHomePage(pageContext, { ...home, latest: some }),
    ),
    planDocument(sitePaths.archive, home.months, () =>
      renderArchivePage(
        pageContext,
        home.months.map((month) => ({ month })),
      ),
    ),
    planDocument(sitePaths.topics, home.topics, () =>
      renderIndexPage(pageContext, { kind: 'topic', names: home.topics }),
    ),
    planDocument(sitePaths.authors, authorNames, () =>
      renderIndexPage(pageContext, { kind: 'author', names: authorNames }),
    ),
    planDocument(sitePaths.subscribe, home.topics, () => renderSubscribePage(pageContext, home.topics)),
    planDocument(sitePaths.notFound, null, () => renderNotFoundPage(pageContext)),
    planDocument(sitePaths.style(style.hash), null, () => style.css),
    planDocument(sitePaths.icon, null, () => renderIcon(pageContext)),
  ];
};

const planMainFeeds = (context: BuildContext, { latest, withdrawn, months }: SiteWideInput): PlannedDocument[] => {
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

const planIndexes = (
  { services, since }: BuildContext,
  { latest, months, topics }: SiteWideInput,
): PlannedDocument[] => {
  const { publication, site } = services;
  const mainFeed = { title: publication.title, page: sitePaths.home, rss: sitePaths.feeds.rss };
  const topicFeeds = toTopicsOrAuthors(topics).map((topic) => ({
    title: `${publication.title}: ${topic.name}`,
    page: sitePaths.topic(topic),
    rss: sitePaths.topicFeeds(topic).rss,
  }));
  const opml = { feeds: [mainFeed, ...topicFeeds], updated: findLastUpdate(latest) ?? since };
  const sitemaps = months
    .toReversed()
    .map(({ name, updated }) => ({ path: sitePaths.monthSitemap(name), ...(updated && { updated }) }));
  return [
    planDocument(sitePaths.opml, opml, () => buildOpml({ publication, site, ...opml })),
    planDocument(sitePaths.sitemap, sitemaps, () => buildSitemapIndex({ site, urls: sitemaps })),
    planDocument(sitePaths.robots, null, () => buildRobots(site)),
  ];
};
