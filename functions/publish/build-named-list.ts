import type { Entry, TopicOrAuthor } from '../core/entry.ts';
import { toFeedId } from '../core/feed/feed-id.ts';
import { listNames } from '../core/lifecycle/list-positions.ts';
import type { Manifest } from '../core/lifecycle/manifest.ts';
import { renderListPage } from '../core/site/render-list-page.ts';
import { sitePaths } from '../core/site-paths.ts';
import { type BuildContext, omitBodyNames } from './build-context.ts';
import { planFeedDocuments } from './plan-feed-documents.ts';
import { type PlannedDocument, planDocument, writeDocuments } from './write-documents.ts';

type NamedListKind = 'topic' | 'author';

/** The page of a topic or author shows its newest; the rest stands on a page for each year. */
const firstPageSize = 50;

/** A topic or author with changed articles, and the years of these. */
export interface TouchedNamedList {
  readonly kind: NamedListKind;
  readonly slug: string;
  readonly years: ReadonlySet<string>;
}

/**
 * Rebuilds the page of a topic or author, the pages of the years that changed and, of a topic, its feeds.
 * @returns paths of the feeds that were written
 */
export const buildNamedList = async (
  round: BuildContext,
  { kind, slug, years: changedYears }: TouchedNamedList,
): Promise<string[]> => {
  const { services } = round;
  const list = listNames[kind](slug);
  const size = Math.max(firstPageSize, services.publication.feedSize);
  const [before, newest] = await Promise.all([
    services.lists.getManifest(kind, slug),
    services.lists.listEntries(list, { newestFirst: true, limit: size }),
  ]);
  const named = findName(kind, slug, newest);
  if (!named) {
    await writeDocuments(services, before?.fingerprints ?? {}, []);
    if (before) await services.lists.removeManifest(kind, slug);
    return [];
  }
  const byYear = new Map<string, Entry[]>();
  const read = async (year: string): Promise<void> => {
    if (!byYear.has(year))
      byYear.set(year, await services.lists.listEntries(list, { prefix: `${year}-`, newestFirst: true }));
  };
  await Promise.all([...changedYears].map(read));
  const years = [...new Set([...(before?.years ?? []), ...changedYears])]
    .filter((year) => byYear.get(year)?.length !== 0)
    .sort()
    .reverse();
  // Every page lists the years: a year that comes or goes, once in a year, touches them all.
  if (before && before.years?.join() !== years.join()) await Promise.all(years.map(read));
  const drafts = [
    planFirstPage(round, { kind, topicOrAuthor: named, years, entries: newest.slice(0, firstPageSize) }),
    ...years.flatMap((year) =>
      planYearPage(round, { kind, topicOrAuthor: named, years, year, entries: byYear.get(year) }),
    ),
    ...(kind === 'topic' ? planTopicFeeds(round, named, newest) : []),
  ];
  return writeNamedList(round, kind, { before, named, years, drafts });
};

interface NamedListOutput {
  readonly before: Manifest | undefined;
  readonly named: TopicOrAuthor;
  readonly years: string[];
  readonly drafts: readonly PlannedDocument[];
}

const writeNamedList = async (
  { services }: BuildContext,
  kind: NamedListKind,
  { before, named, years, drafts }: NamedListOutput,
): Promise<string[]> => {
  const drafted = new Set(drafts.map(({ path }) => path));
  const untouched = years.map((year) => toYearPath(kind, named, year)).filter((path) => !drafted.has(path));
  const kept = Object.fromEntries(untouched.flatMap((path) => [[path, before?.fingerprints[path] ?? '']]));
  const old = Object.fromEntries(
    Object.entries(before?.fingerprints ?? {}).filter(([path]) => !(path in kept)),
  );
  const { documents, written } = await writeDocuments(services, old, drafts);
  const shelf = { name: named.slug, title: named.name, years, fingerprints: { ...kept, ...documents } };
  if (written.length > 0 || before?.title !== named.name) await services.lists.saveManifest(kind, shelf);
  return written.filter((path) => /\.(xml|json)$/.test(path));
};

const toYearPath = (kind: NamedListKind, named: TopicOrAuthor, year: string): string =>
  kind === 'topic' ? sitePaths.topicYear(named, year) : sitePaths.authorYear(named, year);

/** The name as the newest article spells it. */
const findName = (kind: NamedListKind, slug: string, newest: readonly Entry[]): TopicOrAuthor | undefined =>
  newest
    .flatMap((entry) => (kind === 'topic' ? entry.topics : entry.authors))
    .find((named) => named.slug === slug);

interface ListPlan {
  readonly kind: NamedListKind;
  readonly topicOrAuthor: TopicOrAuthor;
  readonly years: readonly string[];
  readonly entries: readonly Entry[];
}

const planFirstPage = (round: BuildContext, plan: ListPlan): PlannedDocument =>
  planDocument(
    sitePaths[plan.kind](plan.topicOrAuthor),
    { ...plan, entries: omitBodyNames(plan.entries) },
    () => renderListPage(round.pageContext, plan),
  );

const planYearPage = (
  round: BuildContext,
  {
    entries,
    ...plan
  }: Omit<ListPlan, 'entries'> & { readonly year: string; readonly entries: readonly Entry[] | undefined },
): PlannedDocument[] =>
  entries
    ? [
        planDocument(
          toYearPath(plan.kind, plan.topicOrAuthor, plan.year),
          { ...plan, entries: omitBodyNames(entries) },
          () => renderListPage(round.pageContext, { ...plan, entries }),
        ),
      ]
    : [];

const planTopicFeeds = (
  round: BuildContext,
  named: TopicOrAuthor,
  newest: readonly Entry[],
): PlannedDocument[] => {
  const { publication } = round.services;
  const page = sitePaths.topic(named);
  return planFeedDocuments(round, {
    title: `${publication.title}: ${named.name}`,
    description: publication.description,
    page,
    paths: sitePaths.topicFeeds(named),
    feedId: toFeedId(publication, page),
    entries: newest.slice(0, publication.feedSize),
    withdrawn: round.withdrawn.filter(({ topics }) => topics.some(({ slug }) => slug === named.slug)),
  });
};
