import type { Entry, Named } from '../../core/entry.ts';
import { feedId } from '../../core/feed/feed-id.ts';
import { lists } from '../../core/filing/lists.ts';
import type { Shelf } from '../../core/filing/shelf.ts';
import { renderListPage } from '../../core/page/render-list-page.ts';
import { sitePaths } from '../../core/site-paths.ts';
import { type Draft, draft, writeDocuments } from '../write-documents.ts';
import { feedDrafts } from './feed-drafts.ts';
import { type Round, told } from './round.ts';

type Kind = 'topic' | 'author';

/** The page of a topic or author shows its newest; the rest stands on a page for each year. */
const shownNewest = 50;

/** A topic or author with changed articles, and the years of these. */
export interface TouchedName {
  readonly kind: Kind;
  readonly slug: string;
  readonly years: ReadonlySet<string>;
}

/**
 * Rebuilds the page of a topic or author, the pages of the years that changed and, of a topic, its feeds.
 * @returns paths of the feeds that were written
 */
export const buildNamed = async (
  round: Round,
  { kind, slug, years: changedYears }: TouchedName,
): Promise<string[]> => {
  const { services } = round;
  const list = lists[kind](slug);
  const size = Math.max(shownNewest, services.publication.feedSize);
  const [before, newest] = await Promise.all([
    services.lists.shelf(kind, slug),
    services.lists.entries(list, { newestFirst: true, limit: size }),
  ]);
  const named = nameOf(kind, slug, newest);
  if (!named) {
    await writeDocuments(services, before?.documents ?? {}, []);
    if (before) await services.lists.removeShelf(kind, slug);
    return [];
  }
  const byYear = new Map<string, Entry[]>();
  const read = async (year: string): Promise<void> => {
    if (!byYear.has(year))
      byYear.set(year, await services.lists.entries(list, { prefix: `${year}-`, newestFirst: true }));
  };
  await Promise.all([...changedYears].map(read));
  const years = [...new Set([...(before?.years ?? []), ...changedYears])]
    .filter((year) => byYear.get(year)?.length !== 0)
    .sort()
    .reverse();
  // Every page lists the years: a year that comes or goes, once in a year, touches them all.
  if (before && before.years?.join() !== years.join()) await Promise.all(years.map(read));
  const drafts = [
    pageDraft(round, { kind, named, years, entries: newest.slice(0, shownNewest) }),
    ...years.flatMap((year) => yearDraft(round, { kind, named, years, year, entries: byYear.get(year) })),
    ...(kind === 'topic' ? topicFeeds(round, named, newest) : []),
  ];
  return write(round, kind, { before, named, years, drafts });
};

interface Writing {
  readonly before: Shelf | undefined;
  readonly named: Named;
  readonly years: string[];
  readonly drafts: readonly Draft[];
}

const write = async (
  { services }: Round,
  kind: Kind,
  { before, named, years, drafts }: Writing,
): Promise<string[]> => {
  const drafted = new Set(drafts.map(({ path }) => path));
  const untouched = years.map((year) => yearPath(kind, named, year)).filter((path) => !drafted.has(path));
  const kept = Object.fromEntries(untouched.flatMap((path) => [[path, before?.documents[path] ?? '']]));
  const old = Object.fromEntries(Object.entries(before?.documents ?? {}).filter(([path]) => !(path in kept)));
  const { documents, written } = await writeDocuments(services, old, drafts);
  const shelf = { name: named.slug, title: named.name, years, documents: { ...kept, ...documents } };
  if (written.length > 0 || before?.title !== named.name) await services.lists.saveShelf(kind, shelf);
  return written.filter((path) => /\.(xml|json)$/.test(path));
};

const yearPath = (kind: Kind, named: Named, year: string): string =>
  kind === 'topic' ? sitePaths.topicYear(named, year) : sitePaths.authorYear(named, year);

/** The name as the newest article spells it. */
const nameOf = (kind: Kind, slug: string, newest: readonly Entry[]): Named | undefined =>
  newest
    .flatMap((entry) => (kind === 'topic' ? entry.topics : entry.authors))
    .find((named) => named.slug === slug);

interface ListPlan {
  readonly kind: Kind;
  readonly named: Named;
  readonly years: readonly string[];
  readonly entries: readonly Entry[];
}

const pageDraft = (round: Round, plan: ListPlan): Draft =>
  draft(sitePaths[plan.kind](plan.named), { ...plan, entries: told(plan.entries) }, () =>
    renderListPage(round.context, plan),
  );

const yearDraft = (
  round: Round,
  {
    entries,
    ...plan
  }: Omit<ListPlan, 'entries'> & { readonly year: string; readonly entries: readonly Entry[] | undefined },
): Draft[] =>
  entries
    ? [
        draft(yearPath(plan.kind, plan.named, plan.year), { ...plan, entries: told(entries) }, () =>
          renderListPage(round.context, { ...plan, entries }),
        ),
      ]
    : [];

const topicFeeds = (round: Round, named: Named, newest: readonly Entry[]): Draft[] => {
  const { publication } = round.services;
  const page = sitePaths.topic(named);
  return feedDrafts(round, {
    title: `${publication.title}: ${named.name}`,
    description: publication.description,
    page,
    paths: sitePaths.topicFeeds(named),
    feedId: feedId(publication, page),
    entries: newest.slice(0, publication.feedSize),
    withdrawn: round.withdrawn.filter(({ topics }) => topics.some(({ slug }) => slug === named.slug)),
  });
};
