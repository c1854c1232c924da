import { buildDigest } from '../../core/digest/build-digest.ts';
import type { Entry } from '../../core/entry.ts';
import { buildOpml } from '../../core/feed/build-opml.ts';
import { buildRobots } from '../../core/feed/build-robots.ts';
import { buildSitemapIndex } from '../../core/feed/build-sitemap.ts';
import { feedId } from '../../core/feed/feed-id.ts';
import { lastArrival, lists } from '../../core/filing/lists.ts';
import type { Shelf } from '../../core/filing/shelf.ts';
import { renderArchivePage } from '../../core/page/render-archive-page.ts';
import { renderHomePage } from '../../core/page/render-home-page.ts';
import { renderIcon } from '../../core/page/render-icon.ts';
import { renderIndexPage } from '../../core/page/render-index-page.ts';
import { renderNotFoundPage } from '../../core/page/render-not-found-page.ts';
import { renderStyle } from '../../core/page/render-style.ts';
import { renderSubscribePage } from '../../core/page/render-subscribe-page.ts';
import { type Cadence, cadencesOf } from '../../core/publication.ts';
import { addressOf, sitePaths } from '../../core/site-paths.ts';
import { inParallel } from '../in-parallel.ts';
import { type Documents, type Draft, draft, isStyle, writeDocuments } from '../write-documents.ts';
import { feedDrafts } from './feed-drafts.ts';
import { issueDrafts } from './issues.ts';
import { newestArchive } from './months.ts';
import { lastUpdate, type Round, told, withBodies } from './round.ts';

const shownAtHome = 30;

/** What the front is made from: the newest arrivals, and what shelves there are. */
interface Front {
  readonly latest: readonly Entry[];
  readonly months: readonly Shelf[];
  readonly topics: readonly Shelf[];
  readonly authors: readonly Shelf[];
}

/**
 * Rebuilds what every article touches: home page, main feeds, next digests, indexes.
 * @returns paths of the main feeds that were written
 */
export const buildFront = async (round: Round, months: readonly Shelf[]): Promise<string[]> => {
  const { lists: store, publication } = round.services;
  const size = Math.max(shownAtHome, publication.feedSize);
  const [before, latest, topics, authors] = await Promise.all([
    store.shelf('front', 'front'),
    store.entries(lists.latest, { newestFirst: true, limit: size }),
    store.shelves('topic'),
    store.shelves('author'),
  ]);
  const front: Front = { latest, months: months.toReversed(), topics, authors };
  const drafts = [
    ...pages(round, front),
    ...mainFeeds(round, front, months),
    ...indexes(round, front),
    ...(await issueDrafts(round)),
    ...(await inParallel(cadencesOf(publication), (cadence) => nextDigest(round, cadence))).flat(),
  ];
  const { documents, written } = await writeDocuments(
    round.services,
    withoutOldStyles(before, drafts),
    drafts,
  );
  if (written.length > 0)
    await store.saveShelf('front', { name: 'front', title: publication.title, documents });
  const { rss, atom, json } = sitePaths.feeds;
  return written.filter((path) => [rss, sitePaths.feedXml, atom, json].includes(path));
};

/** Old style sheets are forgotten, not removed: pages that readers keep, or that are not made anew yet, still ask for them. */
const withoutOldStyles = (before: Shelf | undefined, drafts: readonly Draft[]): Documents => {
  const drafted = new Set(drafts.map(({ path }) => path));
  return Object.fromEntries(
    Object.entries(before?.documents ?? {}).filter(([path]) => drafted.has(path) || !isStyle(path)),
  );
};

const namedOf = (shelves: readonly Shelf[]) =>
  shelves.map(({ name, title }) => ({ slug: name, name: title }));

const pages = ({ context, services }: Round, { latest, months, topics, authors }: Front): Draft[] => {
  const home = {
    latest: latest.slice(0, shownAtHome),
    months: months.map(({ name }) => name),
    topics: namedOf(topics),
  };
  const style = renderStyle(services.render);
  return [
    draft(sitePaths.home, { ...home, latest: told(home.latest) }, () => renderHomePage(context, home)),
    draft(sitePaths.archive, home.months, () =>
      renderArchivePage(
        context,
        home.months.map((month) => ({ month })),
      ),
    ),
    draft(sitePaths.topics, home.topics, () =>
      renderIndexPage(context, { kind: 'topic', names: home.topics }),
    ),
    draft(sitePaths.authors, namedOf(authors), () =>
      renderIndexPage(context, { kind: 'author', names: namedOf(authors) }),
    ),
    draft(sitePaths.subscribe, home.topics, () => renderSubscribePage(context, home.topics)),
    draft(sitePaths.notFound, null, () => renderNotFoundPage(context)),
    draft(sitePaths.style(style.hash), null, () => style.css),
    draft(sitePaths.icon, null, () => renderIcon(context)),
  ];
};

const mainFeeds = (round: Round, { latest }: Front, months: readonly Shelf[]): Draft[] => {
  const { publication } = round.services;
  const previous = newestArchive(months);
  return feedDrafts(round, {
    title: publication.title,
    description: publication.description,
    page: sitePaths.home,
    paths: sitePaths.feeds,
    feedId: feedId(publication, sitePaths.home),
    entries: latest.slice(0, publication.feedSize),
    withdrawn: round.withdrawn,
    history: { isArchive: false, ...(previous && { previous }) },
  });
};

const indexes = ({ services, since }: Round, { latest, months, topics }: Front): Draft[] => {
  const { publication, site } = services;
  const main = { title: publication.title, page: sitePaths.home, rss: sitePaths.feeds.rss };
  const ofTopics = namedOf(topics).map((topic) => ({
    title: `${publication.title}: ${topic.name}`,
    page: sitePaths.topic(topic),
    rss: sitePaths.topicFeeds(topic).rss,
  }));
  const opml = { feeds: [main, ...ofTopics], updated: lastUpdate(latest) ?? since };
  const sitemaps = months.map(({ name, updated }) => ({
    path: sitePaths.monthSitemap(name),
    ...(updated && { updated }),
  }));
  return [
    draft(sitePaths.opml, opml, () => buildOpml({ publication, site, ...opml })),
    draft(sitePaths.sitemap, sitemaps, () => buildSitemapIndex({ site, urls: sitemaps })),
    draft(sitePaths.robots, null, () => buildRobots(site)),
  ];
};

/** The next issue of a cadence, as it would be sent now. */
const nextDigest = async (round: Round, cadence: Cadence): Promise<Draft[]> => {
  const { publication, site, render, issues } = round.services;
  const { arrival } = await issues.cadence(cadence);
  const { entries, more, corrections } = await issues.waiting(cadence, { after: arrival, upTo: lastArrival });
  const subscribe = addressOf(site, sitePaths.subscribe);
  const make = async () =>
    buildDigest({
      publication,
      site,
      render,
      cadence,
      more,
      corrections,
      entries: await withBodies(round, entries),
      links: {
        view: addressOf(site, sitePaths.nextDigest(cadence, 'html')),
        unsubscribe: subscribe,
        preferences: subscribe,
      },
    });
  let made: ReturnType<typeof make> | undefined;
  const once = () => (made ??= make());
  const inputs = { entries: told(entries), more, corrections: told(corrections) };
  return [
    draft(sitePaths.nextDigest(cadence, 'html'), inputs, async () => (await once()).html),
    draft(sitePaths.nextDigest(cadence, 'txt'), inputs, async () => (await once()).text),
    draft(sitePaths.nextDigest(cadence, 'json'), inputs, async () => (await once()).json),
  ];
};
