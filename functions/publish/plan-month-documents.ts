import type { Entry } from '../core/entry.ts';
import { buildSitemap } from '../core/feed/build-sitemap.ts';
import { toFeedId } from '../core/identity.ts';
import type { MonthSummary } from '../core/lifecycle/manifest.ts';
import { toPartInputs } from '../core/site/part-links.ts';
import { renderMonthPage } from '../core/site/render-month-page.ts';
import { type FeedPaths, sitePaths } from '../core/site-paths.ts';
import { type BuildContext, omitBodyKeys } from './build-context.ts';
import { planFeedDocuments, planFeedEntries } from './plan-feed-documents.ts';
import type { PartsRead } from './read-parts.ts';
import { type PlannedDocument, planListDocument } from './write-documents.ts';

/** A part of a month, numbered from 1: one page and one archive feed. */
interface ArchivePart {
  readonly month: string;
  readonly part: number;
}

export interface MonthPlan {
  readonly month: string;
  /** None where the month has no article left. */
  readonly parts: PartsRead;
  readonly chain: readonly ArchivePart[];
}

/** Every part of the archive, oldest first: its feeds link to each other (RFC 5005, section 4). */
export const buildArchiveChain = (months: readonly MonthSummary[]): ArchivePart[] =>
  months.flatMap(({ name, updates }) => updates.map((_, index) => ({ month: name, part: index + 1 })));

/** The feeds of the archive's newest part, which the main feeds link to. */
export const findNewestArchive = (months: readonly MonthSummary[]): FeedPaths | undefined => {
  const newest = months.at(-1);
  return newest && sitePaths.monthFeeds(newest.name, newest.updates.length);
};

export const listPartPaths = (month: string, part: number): string[] => [
  sitePaths.month(month, part),
  sitePaths.monthSitemap(month, part),
  ...Object.values(sitePaths.monthFeeds(month, part)),
];

/** Documents of the parts that were read. */
export const planMonthDocuments = (context: BuildContext, plan: MonthPlan): PlannedDocument[] =>
  [...plan.parts.read].flatMap(([part, { entries }]) => [
    ...planPartDocuments(context, plan, part, entries.toReversed()),
    planMonthSitemap(context, sitePaths.monthSitemap(plan.month, part), entries),
  ]);

const planPartDocuments = (
  context: BuildContext,
  { month, parts: { starts }, chain }: MonthPlan,
  part: number,
  entries: readonly Entry[],
): PlannedDocument[] => {
  const { publication } = context.services;
  const index = chain.findIndex((link) => link.month === month && link.part === part);
  const previous = toFeedPaths(chain[index - 1]);
  const next = toFeedPaths(chain[index + 1]);
  const earlier = chain.findLast((link) => link.month < month);
  const later = chain.find((link) => link.month > month);
  const page = {
    month,
    part,
    parts: starts.length,
    ...(earlier && { previous: earlier.month }),
    ...(later && { next: later.month }),
  };
  const path = sitePaths.month(month, part);
  return [
    planListDocument(
      path,
      { ...page, ...toPartInputs(page), entries: omitBodyKeys(entries) },
      { items: entries },
      (some) => renderMonthPage(context.pageContext, { ...page, entries: some }),
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

const planMonthSitemap = ({ services }: BuildContext, path: string, entries: readonly Entry[]): PlannedDocument =>
  planListDocument(path, omitBodyKeys(entries), { items: entries }, (some) =>
    buildSitemap({
      site: services.site,
      urls: some.map((entry) => ({
        path: sitePaths.article(entry),
        updated: entry.updated,
        ...(entry.image && { image: entry.image.url }),
      })),
    }),
  );
