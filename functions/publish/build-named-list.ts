import type { ManifestChange } from '../adapters/table/lists.ts';
import type { Entry, TopicOrAuthor, WithdrawnArticle } from '../core/entry.ts';
import { toFeedId } from '../core/identity.ts';
import { listNames } from '../core/lifecycle/list-positions.ts';
import type { Manifest, Parts } from '../core/lifecycle/manifest.ts';
import { findAuthorProfile } from '../core/site/author-profile.ts';
import type { PlacedEntry } from '../core/site/list-parts.ts';
import { toPartInputs } from '../core/site/part-links.ts';
import { type ListPage, renderListPage } from '../core/site/render-list-page.ts';
import { sitePaths } from '../core/site-paths.ts';
import { mapInParallel } from '../platform/concurrency.ts';
import { type BuildContext, omitBodyKeys } from './build-context.ts';
import { type PlacedEntries, readNewestEntries } from './placed-entries.ts';
import { planFeedDocuments, planFeedEntries } from './plan-feed-documents.ts';
import {
  createRangeReader,
  type PartsRead,
  type ReadRange,
  readParts,
  type TouchedKeys,
  toParts,
  toWholeRange,
} from './read-parts.ts';
import {
  type DocumentFingerprints,
  type PlannedDocument,
  planListDocument,
  writeDocuments,
} from './write-documents.ts';

/** The page of a topic or author lists its newest articles; each year has pages of its own. */
const firstPageSize = 50;

export interface TouchedNamedList {
  readonly kind: ListPage['kind'];
  readonly slug: string;
  readonly years: ReadonlyMap<string, TouchedKeys>;
}

interface NamedListInput {
  readonly before: Manifest | undefined;
  /** The newest entries, where they are known. */
  readonly newest: PlacedEntries | undefined;
  readonly withdrawn: readonly WithdrawnArticle[];
}

export interface BuiltNamedList {
  readonly change: ManifestChange;
  readonly before: Manifest | undefined;
  /** Paths of the feeds that were written. */
  readonly feeds: readonly string[];
}

/** Builds the page of a topic or author, the pages of the years that changed and the feeds of a topic, or of an author in the settings. */
export const buildNamedList = async (
  context: BuildContext,
  list: TouchedNamedList,
  { before, newest: known, withdrawn }: NamedListInput,
): Promise<BuiltNamedList> => {
  const { kind, slug } = list;
  const { newest, readRange } = await readNewest(context, list, known);
  const topicOrAuthor = findTopicOrAuthor(list, newest);
  if (!topicOrAuthor) {
    await writeDocuments(context, before?.fingerprints ?? {}, []);
    return { change: { kind, name: slug, manifest: undefined }, before, feeds: [] };
  }
  const touched = await mapInParallel([...list.years], async ([year, keys]) => ({
    year,
    parts: await readParts(readRange, toWholeRange(year), before?.years?.[year], keys),
  }));
  const partsByYear = new Map<string, Parts>([
    ...Object.entries(before?.years ?? {}),
    ...touched.map(({ year, parts }) => [year, parts] as const),
  ]);
  const years = [...partsByYear]
    .flatMap(([year, { count }]) => (count > 0 ? [year] : []))
    .sort()
    .reverse();
  const heading = { kind, topicOrAuthor, years };
  const planYear = ({ year, parts }: { readonly year: string; readonly parts: PartsRead }) =>
    [...parts.read].map(([part, { entries }]) =>
      planPage(context, { ...heading, year, part, parts: parts.starts.length, entries: entries.toReversed() }),
    );
  const count = [...partsByYear.values()].reduce((sum, parts) => sum + parts.count, 0);
  const hasFeeds = kind === 'topic' || findAuthorProfile(context.services.publication, slug) !== undefined;
  const planned = [
    planPage(context, { ...heading, count, entries: newest.slice(0, firstPageSize) }),
    ...(hasFeeds ? planListFeeds(context, heading, { newest, withdrawn }) : []),
    ...touched.flatMap(planYear),
  ];
  const paths = new Set(planned.map(({ path }) => path));
  const existing = years.flatMap((year) => listYearPaths(heading, year, partsByYear.get(year)));
  const kept = new Set(existing.filter((path) => !paths.has(path)));
  const { fingerprints, written } = await writeDocuments(context, before?.fingerprints ?? {}, planned, (path) =>
    kept.has(path),
  );
  // Every page lists the years, so all change when a year is added or removed: one year after the other.
  const isRelinked =
    before !== undefined &&
    Object.keys(before.years ?? {})
      .sort()
      .reverse()
      .join() !== years.join();
  const relinked = isRelinked ? years.filter((year) => !list.years.has(year)) : [];
  let all: DocumentFingerprints = fingerprints;
  for (const year of relinked) {
    const parts = await readParts(readRange, toWholeRange(year), undefined, { moved: [], edited: [] });
    const plan = planYear({ year, parts });
    const own = new Set(plan.map(({ path }) => path));
    all = (await writeDocuments(context, all, plan, (path) => !own.has(path))).fingerprints;
  }
  const manifest: Manifest = {
    name: slug,
    title: topicOrAuthor.name,
    years: Object.fromEntries(years.flatMap((year) => [...toYearEntry(year, partsByYear.get(year))])),
    fingerprints: all,
  };
  return {
    change: { kind, name: slug, manifest },
    before,
    feeds: written.filter((path) => /\.(xml|json)$/.test(path)),
  };
};

const toYearEntry = (year: string, parts: Parts | undefined): [string, Parts][] =>
  parts ? [[year, toParts(parts)]] : [];

/** Reads the newest articles once; the last parts of a list are among them. */
const readNewest = async (
  context: BuildContext,
  { kind, slug }: TouchedNamedList,
  known: PlacedEntries | undefined,
): Promise<{ readonly newest: readonly Entry[]; readonly readRange: ReadRange }> => {
  const list = listNames[kind](slug);
  const { placed: newestFirst, isAll } = known ?? (await readNewestEntries(context, list));
  const placed: readonly PlacedEntry[] = newestFirst.toReversed();
  const readOthers = createRangeReader(context.services.lists, list);
  return {
    newest: newestFirst.map(({ entry }) => entry),
    readRange: async (from, upTo) =>
      isAll || from >= (placed[0]?.sortKey ?? '~')
        ? placed.filter(({ sortKey }) => sortKey >= from && sortKey <= upTo)
        : readOthers(from, upTo),
  };
};

/** The name as the newest article spells it; undefined where no article is left. */
const findTopicOrAuthor = ({ kind, slug }: TouchedNamedList, newest: readonly Entry[]): TopicOrAuthor | undefined =>
  newest
    .flatMap((entry) => (kind === 'topic' ? entry.topics : entry.authors))
    .find((topicOrAuthor) => topicOrAuthor.slug === slug);

type ListHeading = Pick<ListPage, 'kind' | 'topicOrAuthor'>;

const toYearPath = ({ kind, topicOrAuthor }: ListHeading, year: string, part: number): string =>
  kind === 'topic' ? sitePaths.topicYear(topicOrAuthor, year, part) : sitePaths.authorYear(topicOrAuthor, year, part);

const listYearPaths = (heading: ListHeading, year: string, parts: Parts | undefined): string[] =>
  (parts?.starts ?? []).map((_, index) => toYearPath(heading, year, index + 1));

const planPage = ({ pageContext }: BuildContext, page: ListPage): PlannedDocument => {
  const { kind, topicOrAuthor, entries, year, part = 1, parts = 1 } = page;
  const path = year === undefined ? sitePaths[kind](topicOrAuthor) : toYearPath(page, year, part);
  const inputs = { ...page, ...toPartInputs({ part, parts }), entries: omitBodyKeys(entries) };
  return planListDocument(path, inputs, { items: entries }, (some) =>
    renderListPage(pageContext, { ...page, entries: some }),
  );
};

const planListFeeds = (
  context: BuildContext,
  { kind, topicOrAuthor }: ListHeading,
  { newest, withdrawn }: { newest: readonly Entry[]; withdrawn: readonly WithdrawnArticle[] },
): PlannedDocument[] => {
  const { publication } = context.services;
  const page = sitePaths[kind](topicOrAuthor);
  return planFeedDocuments(
    context,
    {
      title: `${publication.title}: ${topicOrAuthor.name}`,
      description: publication.description,
      page,
      paths: kind === 'topic' ? sitePaths.topicFeeds(topicOrAuthor) : sitePaths.authorFeeds(topicOrAuthor),
      feedId: toFeedId(publication, page),
      withdrawn:
        kind === 'topic'
          ? withdrawn.filter(({ topics }) => topics.some(({ slug }) => slug === topicOrAuthor.slug))
          : [],
    },
    planFeedEntries(context, newest.slice(0, publication.feedSize)),
  );
};
