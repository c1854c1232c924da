import type { Entry, TopicOrAuthor, WithdrawnArticle } from '../core/entry.ts';
import { toFeedId } from '../core/identity.ts';
import { listNames } from '../core/lifecycle/list-positions.ts';
import type { Manifest } from '../core/lifecycle/manifest.ts';
import { type ListPage, renderListPage } from '../core/site/render-list-page.ts';
import { sitePaths } from '../core/site-paths.ts';
import { type BuildContext, omitBodyKeys } from './build-context.ts';
import { planFeedDocuments, planFeedEntries } from './plan-feed-documents.ts';
import { type PlannedDocument, planListDocument, writeDocuments } from './write-documents.ts';

/** The page of a topic or author lists its newest articles; each year has a page of its own. */
const firstPageSize = 50;

export interface TouchedNamedList {
  readonly kind: ListPage['kind'];
  readonly slug: string;
  readonly years: ReadonlySet<string>;
}

/**
 * Builds the page of a topic or author, the pages of the years that changed and, for a topic, its feeds.
 * @returns paths of the feeds that were written
 */
export const buildNamedList = async (
  context: BuildContext,
  list: TouchedNamedList,
  withdrawn: readonly WithdrawnArticle[],
): Promise<string[]> => {
  const { services } = context;
  const { kind, slug } = list;
  const [before, newest] = await Promise.all([
    services.lists.getManifest(kind, slug),
    services.lists.listEntries(listNames[kind](slug), {
      newestFirst: true,
      limit: Math.max(firstPageSize, services.publication.feedSize),
    }),
  ]);
  const topicOrAuthor = findTopicOrAuthor(list, newest);
  if (!topicOrAuthor) {
    await writeDocuments(context, before?.fingerprints ?? {}, []);
    if (before) await services.lists.removeManifest(kind, slug);
    return [];
  }
  const { years, entriesByYear } = await readYears(context, list, before);
  const heading = { kind, topicOrAuthor, years };
  const yearPages = years.flatMap((year) => {
    const entries = entriesByYear.get(year);
    return entries ? [planPage(context, { ...heading, year, entries })] : [];
  });
  const planned = [
    planPage(context, { ...heading, entries: newest.slice(0, firstPageSize) }),
    ...yearPages,
    ...(kind === 'topic' ? planTopicFeeds(context, topicOrAuthor, { newest, withdrawn }) : []),
  ];
  return writeNamedList(context, { before, heading, planned });
};

/** The name as the newest article spells it; undefined where no article is left. */
const findTopicOrAuthor = ({ kind, slug }: TouchedNamedList, newest: readonly Entry[]): TopicOrAuthor | undefined =>
  newest
    .flatMap((entry) => (kind === 'topic' ? entry.topics : entry.authors))
    .find((topicOrAuthor) => topicOrAuthor.slug === slug);

/** All years with articles, newest first, and the entries of those whose pages have to be built. */
const readYears = async (
  { services: { lists } }: BuildContext,
  { kind, slug, years: touchedYears }: TouchedNamedList,
  before: Manifest | undefined,
) => {
  const entriesByYear = new Map<string, Entry[]>();
  const readYear = async (year: string): Promise<void> => {
    if (entriesByYear.has(year)) return;
    const list = listNames[kind](slug);
    entriesByYear.set(year, await lists.listEntries(list, { prefix: `${year}-`, newestFirst: true }));
  };
  await Promise.all([...touchedYears].map(readYear));
  const years = [...new Set([...(before?.years ?? []), ...touchedYears])]
    .filter((year) => entriesByYear.get(year)?.length !== 0)
    .sort()
    .reverse();
  // Every page lists the years, so all change when a year is added or removed.
  if (before && before.years?.join() !== years.join()) await Promise.all(years.map(readYear));
  return { years, entriesByYear };
};

type ListHeading = Omit<ListPage, 'entries' | 'year'>;

const toYearPath = (kind: ListPage['kind'], topicOrAuthor: TopicOrAuthor, year: string): string =>
  kind === 'topic' ? sitePaths.topicYear(topicOrAuthor, year) : sitePaths.authorYear(topicOrAuthor, year);

const planPage = ({ pageContext }: BuildContext, page: ListPage): PlannedDocument => {
  const { kind, topicOrAuthor, entries, year } = page;
  const path = year === undefined ? sitePaths[kind](topicOrAuthor) : toYearPath(kind, topicOrAuthor, year);
  return planListDocument(path, { ...page, entries: omitBodyKeys(entries) }, { items: entries }, (some) =>
    renderListPage(pageContext, { ...page, entries: some }),
  );
};

const planTopicFeeds = (
  context: BuildContext,
  topic: TopicOrAuthor,
  { newest, withdrawn }: { newest: readonly Entry[]; withdrawn: readonly WithdrawnArticle[] },
): PlannedDocument[] => {
  const { publication } = context.services;
  const page = sitePaths.topic(topic);
  return planFeedDocuments(
    context,
    {
      title: `${publication.title}: ${topic.name}`,
      description: publication.description,
      page,
      paths: sitePaths.topicFeeds(topic),
      feedId: toFeedId(publication, page),
      withdrawn: withdrawn.filter(({ topics }) => topics.some(({ slug }) => slug === topic.slug)),
    },
    planFeedEntries(context, newest.slice(0, publication.feedSize)),
  );
};

interface NamedListOutput {
  readonly before: Manifest | undefined;
  readonly heading: ListHeading;
  readonly planned: readonly PlannedDocument[];
}

/** Writes what was planned. The pages of the other years stay as they are. */
const writeNamedList = async (
  context: BuildContext,
  { before, heading: { kind, topicOrAuthor, years }, planned }: NamedListOutput,
): Promise<string[]> => {
  const plannedPaths = new Set(planned.map(({ path }) => path));
  const keptPaths = new Set(
    years.map((year) => toYearPath(kind, topicOrAuthor, year)).filter((path) => !plannedPaths.has(path)),
  );
  const { kept = [], replaced = [] } = Object.groupBy(Object.entries(before?.fingerprints ?? {}), ([path]) =>
    keptPaths.has(path) ? 'kept' : 'replaced',
  );
  const { fingerprints, written } = await writeDocuments(context, Object.fromEntries(replaced), planned);
  if (written.length > 0 || before?.title !== topicOrAuthor.name)
    await context.services.lists.saveManifest(kind, {
      name: topicOrAuthor.slug,
      title: topicOrAuthor.name,
      years: [...years],
      fingerprints: { ...Object.fromEntries(kept), ...fingerprints },
    });
  return written.filter((path) => /\.(xml|json)$/.test(path));
};
