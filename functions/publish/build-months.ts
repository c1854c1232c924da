import type { Entry } from '../core/entry.ts';
import { buildSitemap } from '../core/feed/build-sitemap.ts';
import { toFeedId } from '../core/feed/feed-id.ts';
import { splitIntoParts } from '../core/feed/month-parts.ts';
import { listNames } from '../core/lifecycle/list-positions.ts';
import type { Manifest } from '../core/lifecycle/manifest.ts';
import { renderMonthPage } from '../core/site/render-month-page.ts';
import { type FeedPaths, sitePaths } from '../core/site-paths.ts';
import { compareStrings } from '../core/text/compare-strings.ts';
import { mapInParallel } from '../platform/concurrency.ts';
import { type BuildContext, findLastUpdate, maxListsInParallel, omitBodyNames } from './build-context.ts';
import { planFeedDocuments } from './plan-feed-documents.ts';
import { type PlannedDocument, planDocument, writeDocuments } from './write-documents.ts';

/** A month as it is to be: its parts, oldest first. */
type Months = Map<string, Entry[][]>;

/**
 * Rebuilds the archives of the months named, and of their neighbours where the links between them move.
 * @returns the shelves of all months, oldest first
 */
export const buildMonths = async (
  round: BuildContext,
  affected: ReadonlySet<string>,
): Promise<Manifest[]> => {
  const { lists: store } = round.services;
  const before = new Map((await store.listManifests('month')).map((shelf) => [shelf.name, shelf]));
  const after = new Map([...before].map(([month, shelf]) => [month, shelf.partCount ?? 1]));
  const months: Months = new Map();
  const read = async (month: string): Promise<void> => {
    if (months.has(month)) return;
    const parts = splitIntoParts(await store.listEntries(listNames.month(month)));
    months.set(month, parts);
    if (parts.length > 0) after.set(month, parts.length);
    else after.delete(month);
  };
  await Promise.all([...affected].map(read));
  await Promise.all([...findNeighbours(findMovedMonths(affected, before, after), before, after)].map(read));
  const chain = buildChain(after);
  const shelves = new Map(before);
  const build = async ([month, parts]: [string, Entry[][]]): Promise<void> => {
    const shelf = await buildMonth(round, { month, parts, chain, before: before.get(month) });
    if (shelf) shelves.set(month, shelf);
    else shelves.delete(month);
  };
  await mapInParallel([...months], build, maxListsInParallel);
  return [...shelves.values()].sort((a, b) => compareStrings(a.name, b.name));
};

/** Months that came, went or have another number of parts than before. */
const findMovedMonths = (
  affected: ReadonlySet<string>,
  before: ReadonlyMap<string, Manifest>,
  after: ReadonlyMap<string, number>,
): string[] => [...affected].filter((month) => before.get(month)?.partCount !== after.get(month));

const findNeighbours = (
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

interface ArchivePart {
  readonly month: string;
  readonly part: number;
}

/** Every document of the archive, oldest first (RFC 5005, section 4). */
const buildChain = (parts: ReadonlyMap<string, number>): ArchivePart[] =>
  [...parts]
    .sort(([a], [b]) => compareStrings(a, b))
    .flatMap(([month, count]) => Array.from({ length: count }, (_, index) => ({ month, part: index + 1 })));

const toFeedPaths = (link: ArchivePart | undefined): FeedPaths | undefined =>
  link && sitePaths.monthFeeds(link.month, link.part);

/** The feeds of the newest document of the archive, to which the main feed leads. */
export const findNewestArchive = (months: readonly Manifest[]): FeedPaths | undefined => {
  const newest = months.at(-1);
  return newest && sitePaths.monthFeeds(newest.name, newest.partCount);
};

interface MonthPlan {
  readonly month: string;
  readonly parts: Entry[][];
  readonly chain: readonly ArchivePart[];
  readonly before: Manifest | undefined;
}

const buildMonth = async (round: BuildContext, plan: MonthPlan): Promise<Manifest | undefined> => {
  const { month, parts, before } = plan;
  const { services } = round;
  const entries = parts.flat();
  const drafts =
    parts.length === 0
      ? []
      : [
          ...parts.flatMap((_, index) => planPartDocuments(round, plan, index + 1)),
          planMonthSitemap(round, month, entries),
        ];
  const { documents: fingerprints, written } = await writeDocuments(
    services,
    before?.fingerprints ?? {},
    drafts,
  );
  if (parts.length === 0) {
    if (before) await services.lists.removeManifest('month', month);
    return undefined;
  }
  const updated = findLastUpdate(entries);
  const shelf = {
    name: month,
    title: month,
    fingerprints: fingerprints,
    partCount: parts.length,
    ...(updated && { updated }),
  };
  if (written.length > 0 || before?.updated !== updated) await services.lists.saveManifest('month', shelf);
  return shelf;
};

const planPartDocuments = (
  round: BuildContext,
  { month, parts, chain }: MonthPlan,
  part: number,
): PlannedDocument[] => {
  const { publication } = round.services;
  const entries = (parts[part - 1] ?? []).toReversed();
  const at = chain.findIndex((link) => link.month === month && link.part === part);
  const previous = toFeedPaths(chain[at - 1]);
  const next = toFeedPaths(chain[at + 1]);
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
    planDocument(sitePaths.month(month, part), { ...page, entries: omitBodyNames(entries) }, () =>
      renderMonthPage(round.pageContext, { ...page, entries }),
    ),
    ...planFeedDocuments(round, {
      title: `${publication.title}: ${month}`,
      description: publication.description,
      page: sitePaths.month(month, part),
      paths: sitePaths.monthFeeds(month, part),
      feedId: toFeedId(publication, sitePaths.home),
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

const planMonthSitemap = (round: BuildContext, month: string, entries: readonly Entry[]): PlannedDocument =>
  planDocument(sitePaths.monthSitemap(month), omitBodyNames(entries), () =>
    buildSitemap({
      site: round.services.site,
      urls: entries.map((entry) => ({
        path: sitePaths.article(entry),
        updated: entry.updated,
        ...(entry.image && { image: entry.image.url }),
      })),
    }),
  );
