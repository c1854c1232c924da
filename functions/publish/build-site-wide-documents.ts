import { isStyleSheet } from '../adapters/site-objects.ts';
import type { Entry } from '../core/entry.ts';
import { buildOpml } from '../core/feed/build-opml.ts';
import { buildRobots, buildSitemapIndex } from '../core/feed/build-sitemap.ts';
import { toFeedId } from '../core/feed/feed-id.ts';
import { listNames, maxArrival } from '../core/lifecycle/list-positions.ts';
import type { Manifest } from '../core/lifecycle/manifest.ts';
import { buildDigest } from '../core/newsletter/digest/build-digest.ts';
import { type Cadence, selectCadences } from '../core/publication.ts';
import { renderArchivePage } from '../core/site/render-archive-page.ts';
import { renderIcon, renderStyle } from '../core/site/render-assets.ts';
import { renderHomePage } from '../core/site/render-home-page.ts';
import { renderIndexPage } from '../core/site/render-index-page.ts';
import { renderNotFoundPage } from '../core/site/render-not-found-page.ts';
import { renderSubscribePage } from '../core/site/render-subscribe-page.ts';
import { sitePaths, toSiteUrl } from '../core/site-paths.ts';
import { memoize } from '../core/text/memoize.ts';
import { mapInParallel } from '../platform/concurrency.ts';
import { type BuildContext, findLastUpdate, omitBodyNames, readFullEntries } from './build-context.ts';
import { findNewestArchive } from './build-months.ts';
import { planFeedDocuments } from './plan-feed-documents.ts';
import { planIssueArchive } from './plan-issue-archive.ts';
import {
  type DocumentFingerprints,
  type PlannedDocument,
  planDocument,
  writeDocuments,
} from './write-documents.ts';

const homePageSize = 30;

/** What the front is made from: the newest arrivals, and what shelves there are. */
interface SiteWideInput {
  readonly latest: readonly Entry[];
  readonly months: readonly Manifest[];
  readonly topics: readonly Manifest[];
  readonly authors: readonly Manifest[];
}

/**
 * Rebuilds what every article touches: home page, main feeds, next digests, indexes.
 * @returns paths of the main feeds that were written
 */
export const buildSiteWideDocuments = async (
  round: BuildContext,
  months: readonly Manifest[],
): Promise<string[]> => {
  const { lists: store, publication } = round.services;
  const size = Math.max(homePageSize, publication.feedSize);
  const [before, latest, topics, authors] = await Promise.all([
    store.getManifest('front', 'front'),
    store.listEntries(listNames.latest, { newestFirst: true, limit: size }),
    store.listManifests('topic'),
    store.listManifests('author'),
  ]);
  const front: SiteWideInput = { latest, months: months.toReversed(), topics, authors };
  const drafts = [
    ...planPages(round, front),
    ...planMainFeeds(round, front, months),
    ...planIndexes(round, front),
    ...(await planIssueArchive(round)),
    ...(await mapInParallel(selectCadences(publication), (cadence) => planNextDigest(round, cadence))).flat(),
  ];
  const { documents, written } = await writeDocuments(
    round.services,
    omitOldStyleSheets(before, drafts),
    drafts,
  );
  if (written.length > 0)
    await store.saveManifest('front', { name: 'front', title: publication.title, fingerprints: documents });
  const { rss, atom, json } = sitePaths.feeds;
  return written.filter((path) => [rss, sitePaths.feedXml, atom, json].includes(path));
};

/** Old style sheets are forgotten, not removed: pages that readers keep, or that are not made anew yet, still ask for them. */
const omitOldStyleSheets = (
  before: Manifest | undefined,
  drafts: readonly PlannedDocument[],
): DocumentFingerprints => {
  const drafted = new Set(drafts.map(({ path }) => path));
  return Object.fromEntries(
    Object.entries(before?.fingerprints ?? {}).filter(([path]) => drafted.has(path) || !isStyleSheet(path)),
  );
};

const toNamed = (shelves: readonly Manifest[]) =>
  shelves.map(({ name, title }) => ({ slug: name, name: title }));

const planPages = (
  { pageContext: context, services }: BuildContext,
  { latest, months, topics, authors }: SiteWideInput,
): PlannedDocument[] => {
  const home = {
    latest: latest.slice(0, homePageSize),
    months: months.map(({ name }) => name),
    topics: toNamed(topics),
  };
  const style = renderStyle(services.render);
  return [
    planDocument(sitePaths.home, { ...home, latest: omitBodyNames(home.latest) }, () =>
      renderHomePage(context, home),
    ),
    planDocument(sitePaths.archive, home.months, () =>
      renderArchivePage(
        context,
        home.months.map((month) => ({ month })),
      ),
    ),
    planDocument(sitePaths.topics, home.topics, () =>
      renderIndexPage(context, { kind: 'topic', names: home.topics }),
    ),
    planDocument(sitePaths.authors, toNamed(authors), () =>
      renderIndexPage(context, { kind: 'author', names: toNamed(authors) }),
    ),
    planDocument(sitePaths.subscribe, home.topics, () => renderSubscribePage(context, home.topics)),
    planDocument(sitePaths.notFound, null, () => renderNotFoundPage(context)),
    planDocument(sitePaths.style(style.hash), null, () => style.css),
    planDocument(sitePaths.icon, null, () => renderIcon(context)),
  ];
};

const planMainFeeds = (
  round: BuildContext,
  { latest }: SiteWideInput,
  months: readonly Manifest[],
): PlannedDocument[] => {
  const { publication } = round.services;
  const previous = findNewestArchive(months);
  return planFeedDocuments(round, {
    title: publication.title,
    description: publication.description,
    page: sitePaths.home,
    paths: sitePaths.feeds,
    feedId: toFeedId(publication, sitePaths.home),
    entries: latest.slice(0, publication.feedSize),
    withdrawn: round.withdrawn,
    history: { isArchive: false, ...(previous && { previous }) },
  });
};

const planIndexes = (
  { services, since }: BuildContext,
  { latest, months, topics }: SiteWideInput,
): PlannedDocument[] => {
  const { publication, site } = services;
  const main = { title: publication.title, page: sitePaths.home, rss: sitePaths.feeds.rss };
  const ofTopics = toNamed(topics).map((topic) => ({
    title: `${publication.title}: ${topic.name}`,
    page: sitePaths.topic(topic),
    rss: sitePaths.topicFeeds(topic).rss,
  }));
  const opml = { feeds: [main, ...ofTopics], updated: findLastUpdate(latest) ?? since };
  const sitemaps = months.map(({ name, updated }) => ({
    path: sitePaths.monthSitemap(name),
    ...(updated && { updated }),
  }));
  return [
    planDocument(sitePaths.opml, opml, () => buildOpml({ publication, site, ...opml })),
    planDocument(sitePaths.sitemap, sitemaps, () => buildSitemapIndex({ site, urls: sitemaps })),
    planDocument(sitePaths.robots, null, () => buildRobots(site)),
  ];
};

/** The next issue of a cadence, as it would be sent now. */
const planNextDigest = async (round: BuildContext, cadence: Cadence): Promise<PlannedDocument[]> => {
  const { publication, site, render, cadenceStates, sentArticles } = round.services;
  const { arrival } = await cadenceStates.get(cadence);
  const {
    entries,
    hasMore: more,
    corrections,
  } = await sentArticles.listPending(cadence, { after: arrival, upTo: maxArrival });
  const subscribe = toSiteUrl(site, sitePaths.subscribe);
  const buildOnce = memoize(async () =>
    buildDigest({
      publication,
      site,
      render,
      cadence,
      hasMore: more,
      corrections,
      entries: await readFullEntries(round, entries),
      links: {
        view: toSiteUrl(site, sitePaths.nextDigest(cadence, 'html')),
        unsubscribe: subscribe,
        preferences: subscribe,
      },
    }),
  );
  const inputs = { entries: omitBodyNames(entries), more, corrections: omitBodyNames(corrections) };
  return [
    planDocument(sitePaths.nextDigest(cadence, 'html'), inputs, async () => (await buildOnce()).html),
    planDocument(sitePaths.nextDigest(cadence, 'txt'), inputs, async () => (await buildOnce()).text),
    planDocument(sitePaths.nextDigest(cadence, 'json'), inputs, async () => (await buildOnce()).json),
  ];
};
