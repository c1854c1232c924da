import type { Entry } from '../../core/entry.ts';
import { buildSitemap } from '../../core/feed/build-sitemap.ts';
import { feedId } from '../../core/feed/feed-id.ts';
import { partsOf } from '../../core/feed/month-parts.ts';
import { lists } from '../../core/filing/lists.ts';
import type { Shelf } from '../../core/filing/shelf.ts';
import { renderMonthPage } from '../../core/page/render-month-page.ts';
import { type FeedPaths, sitePaths } from '../../core/site-paths.ts';
import { inParallel } from '../in-parallel.ts';
import { type Draft, draft, writeDocuments } from '../write-documents.ts';
import { feedDrafts } from './feed-drafts.ts';
import { lastUpdate, type Round, shelvesAtOnce, told } from './round.ts';

/** A month as it is to be: its parts, oldest first. */
type Months = Map<string, Entry[][]>;

/**
 * Rebuilds the archives of the months named, and of their neighbours where the links between them move.
 * @returns the shelves of all months, oldest first
 */
export const buildMonths = async (round: Round, affected: ReadonlySet<string>): Promise<Shelf[]> => {
  const { lists: store } = round.services;
  const before = new Map((await store.shelves('month')).map((shelf) => [shelf.name, shelf]));
  const after = new Map([...before].map(([month, shelf]) => [month, shelf.parts ?? 1]));
  const months: Months = new Map();
  const read = async (month: string): Promise<void> => {
    if (months.has(month)) return;
    const parts = partsOf(await store.entries(lists.month(month)));
    months.set(month, parts);
    if (parts.length > 0) after.set(month, parts.length);
    else after.delete(month);
  };
  await Promise.all([...affected].map(read));
  await Promise.all([...neighboursOf(moved(affected, before, after), before, after)].map(read));
  const chain = chainOf(after);
  const shelves = new Map(before);
  const build = async ([month, parts]: [string, Entry[][]]): Promise<void> => {
    const shelf = await buildMonth(round, { month, parts, chain, before: before.get(month) });
    if (shelf) shelves.set(month, shelf);
    else shelves.delete(month);
  };
  await inParallel([...months], build, shelvesAtOnce);
  return [...shelves.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
};

/** Months that came, went or have another number of parts than before. */
const moved = (
  affected: ReadonlySet<string>,
  before: ReadonlyMap<string, Shelf>,
  after: ReadonlyMap<string, number>,
): string[] => [...affected].filter((month) => before.get(month)?.parts !== after.get(month));

const neighboursOf = (
  months: readonly string[],
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
): Set<string> => {
  const all = [...new Set([...before.keys(), ...after.keys()])].sort();
  const standing = (month: string | undefined) => month !== undefined && after.has(month);
  return new Set(
    months.flatMap((month) => {
      const at = all.indexOf(month);
      const earlier = all.slice(0, at).findLast(standing);
      const later = all.slice(at + 1).find(standing);
      return [earlier ?? [], later ?? []].flat();
    }),
  );
};

interface Link {
  readonly month: string;
  readonly part: number;
}

/** Every document of the archive, oldest first (RFC 5005, section 4). */
const chainOf = (parts: ReadonlyMap<string, number>): Link[] =>
  [...parts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([month, count]) => Array.from({ length: count }, (_, index) => ({ month, part: index + 1 })));

const feedsOf = (link: Link | undefined): FeedPaths | undefined =>
  link && sitePaths.monthFeeds(link.month, link.part);

/** The feeds of the newest document of the archive, to which the main feed leads. */
export const newestArchive = (months: readonly Shelf[]): FeedPaths | undefined => {
  const newest = months.at(-1);
  return newest && sitePaths.monthFeeds(newest.name, newest.parts);
};

interface MonthPlan {
  readonly month: string;
  readonly parts: Entry[][];
  readonly chain: readonly Link[];
  readonly before: Shelf | undefined;
}

const buildMonth = async (round: Round, plan: MonthPlan): Promise<Shelf | undefined> => {
  const { month, parts, before } = plan;
  const { services } = round;
  const entries = parts.flat();
  const drafts =
    parts.length === 0
      ? []
      : [...parts.flatMap((_, index) => partDrafts(round, plan, index + 1)), sitemap(round, month, entries)];
  const { documents, written } = await writeDocuments(services, before?.documents ?? {}, drafts);
  if (parts.length === 0) {
    if (before) await services.lists.removeShelf('month', month);
    return undefined;
  }
  const updated = lastUpdate(entries);
  const shelf = { name: month, title: month, documents, parts: parts.length, ...(updated && { updated }) };
  if (written.length > 0 || before?.updated !== updated) await services.lists.saveShelf('month', shelf);
  return shelf;
};

const partDrafts = (round: Round, { month, parts, chain }: MonthPlan, part: number): Draft[] => {
  const { publication } = round.services;
  const entries = (parts[part - 1] ?? []).toReversed();
  const at = chain.findIndex((link) => link.month === month && link.part === part);
  const previous = feedsOf(chain[at - 1]);
  const next = feedsOf(chain[at + 1]);
  const earlier = chain.findLast((link) => link.month < month);
  const later = chain.find((link) => link.month > month);
  const page = {
    month,
    part,
    parts: parts.length,
    ...(earlier && { previous: earlier.month }),
    ...(later && { next: later.month }),
  };
  return [
    draft(sitePaths.month(month, part), { ...page, entries: told(entries) }, () =>
      renderMonthPage(round.context, { ...page, entries }),
    ),
    ...feedDrafts(round, {
      title: `${publication.title}: ${month}`,
      description: publication.description,
      page: sitePaths.month(month, part),
      paths: sitePaths.monthFeeds(month, part),
      feedId: feedId(publication, sitePaths.home),
      entries,
      withdrawn: [],
      history: {
        isArchive: true,
        current: sitePaths.feeds,
        ...(previous && { previous }),
        ...(next && { next }),
      },
    }),
  ];
};

const sitemap = (round: Round, month: string, entries: readonly Entry[]): Draft =>
  draft(sitePaths.monthSitemap(month), told(entries), () =>
    buildSitemap({
      site: round.services.site,
      urls: entries.map((entry) => ({
        path: sitePaths.article(entry),
        updated: entry.updated,
        ...(entry.image && { image: entry.image.url }),
      })),
    }),
  );
