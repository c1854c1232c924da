import type { Entry } from '../core/entry.ts';
import { buildSitemap } from '../core/feed/build-sitemap.ts';
import { toFeedId } from '../core/identity.ts';
import type { Manifest } from '../core/lifecycle/manifest.ts';
import { renderMonthPage } from '../core/site/render-month-page.ts';
import { type FeedPaths, sitePaths } from '../core/site-paths.ts';
import { compareStrings } from '../core/text/compare-strings.ts';
import { type BuildContext, omitBodyKeys } from './build-context.ts';
import { planFeedDocuments, planFeedEntries } from './plan-feed-documents.ts';
import { type PlannedDocument, planListDocument } from './write-documents.ts';

/** A part of a month, numbered from 1: one page and one archive feed. */
interface ArchivePart {
  readonly month: string;
  readonly part: number;
}

export interface MonthPlan {
  readonly month: string;
  /** Oldest part first; none where the month has no article left. */
  readonly parts: readonly Entry[][];
  readonly chain: readonly ArchivePart[];
}

/** Every part of the archive, oldest first: its feeds link to each other (RFC 5005, section 4). */
export const buildArchiveChain = (partCounts: ReadonlyMap<string, number>): ArchivePart[] =>
  [...partCounts]
    .sort(([a], [b]) => compareStrings(a, b))
    .flatMap(([month, count]) => Array.from({ length: count }, (_, index) => ({ month, part: index + 1 })));

/** The feeds of the archive's newest part, which the main feeds link to. */
export const findNewestArchive = (months: readonly Manifest[]): FeedPaths | undefined => {
  const newest = months.at(-1);
  return newest && sitePaths.monthFeeds(newest.name, newest.partCount);
};

export const planMonthDocuments = (context: BuildContext, plan: MonthPlan): PlannedDocument[] => {
  const { month, parts } = plan;
  if (parts.length === 0) return [];
  return [
    ...parts.flatMap((_, index) => planPartDocuments(context, plan, index + 1)),
    planMonthSitemap(context, month, parts.flat()),
  ];
};

const planPartDocuments = (
  context: BuildContext,
  { month, parts, chain }: MonthPlan,
  part: number,
): PlannedDocument[] => {
  const { publication } = context.services;
  const entries = (parts[part - 1] ?? []).toReversed();
  const index = chain.findIndex((link) => link.month === month && link.part === part);
  const previous = toFeedPaths(chain[index - 1]);
  const next = toFeedPaths(chain[index + 1]);
  const earlier = chain.findLast((link) => link.month < month);
  const later = chain.find((link) => link.month > month);
  const page = {
    month,
    part,
    parts: parts.length,
    ...(earlier && { previous: earlier.month }),
    ...(later && { next: later.month }),
  };
  const path = sitePaths.month(month, part);
  return [
    planListDocument(path, { ...page, entries: omitBodyKeys(entries) }, { items: entries }, (some) =>
      renderMonthPage(context.pageContext, { ...page, entries: some }),
    ),
    ...planFeedDocuments(
      context,
      {
        title: `${publication.title}: ${month}`,
        description: publication.description,
        page: path,
        paths: sitePaths.monthFeeds(month, part),
        feedId: toFeedId(publication, sitePaths.home),
        withdrawn: [],
        history: {
          isArchive: true,
          current: sitePaths.feeds,
          ...(previous && { previous }),
          ...(next && { next }),
        },
      },
      planFeedEntries(context, entries),
    ),
  ];
};

const toFeedPaths = (link: ArchivePart | undefined): FeedPaths | undefined =>
  link && sitePaths.monthFeeds(link.month, link.part);

const planMonthSitemap = ({ services }: BuildContext, month: string, entries: readonly Entry[]): PlannedDocument =>
  planListDocument(sitePaths.monthSitemap(month), omitBodyKeys(entries), { items: entries }, (some) =>
    buildSitemap({
      site: services.site,
      urls: some.map((entry) => ({
        path: sitePaths.article(entry),
        updated: entry.updated,
        ...(entry.image && { image: entry.image.url }),
      })),
    }),
  );
