import { isDeepStrictEqual } from 'node:util';
import type { Entry } from '../core/entry.ts';
import type { ArticleRecord, ListPosition } from '../core/lifecycle/article-record.ts';
import type { LifecycleInput } from '../core/lifecycle/decide-lifecycle.ts';
import { listNames, parseListName } from '../core/lifecycle/list-positions.ts';
import type { PlacedEntry } from '../core/site/list-parts.ts';
import { relatedWindowSize, selectRelated, selectRelatedFacts, toPlacedTime } from '../core/site/select-related.ts';
import { compareStrings } from '../core/text/compare-strings.ts';
import { memoize } from '../core/text/memoize.ts';
import { mapInParallel } from '../platform/concurrency.ts';
import type { BuildContext } from './build-context.ts';
import { type ChangedArticle, listPublicKeys } from './follow-address-changes.ts';
import { mapSeparately } from './isolate-failures.ts';
import { type PlacedEntries, readNewestEntries, updatePlaced } from './placed-entries.ts';

/** Lists whose newest entries are kept in memory for the documents of a round. */
const maxKeptLists = 50;

/** More articles than that leave lists at once only where many are changed. */
const maxLeaving = 20;

/** The newest entries of lists of topics, as they were before the round, by the list's name. */
export type TopicLists = ReadonlyMap<string, PlacedEntries>;

const isTopicList = (list: string): boolean => parseListName(list).kind === 'topic';

/** Reads the lists of the topics that articles have or had. What cannot be read is read again for its documents. */
export const readTopicLists = async (
  context: BuildContext,
  articles: readonly LifecycleInput[],
): Promise<TopicLists> => {
  const names = articles.flatMap(({ previous, seeds: [seed] }) => [
    ...(previous?.positions ?? []).map(({ list }) => list).filter(isTopicList),
    ...(seed && !seed.version.page ? seed.version.topics.map(({ slug }) => listNames.topic(slug)) : []),
  ]);
  const leaving = articles.length > maxLeaving ? 0 : articles.length;
  const read = await mapSeparately(
    [...new Set(names)].slice(0, maxKeptLists),
    async (list) => [list, await readNewestEntries(context, list, leaving)] as const,
    () => {},
  );
  return new Map(read);
};

const listTopicPositions = ({ previous, record }: ChangedArticle): ListPosition[] => {
  const positions = [...(previous?.positions ?? []), ...record.positions, ...record.stalePositions];
  const places = positions.filter(({ list }) => isTopicList(list));
  return [...new Map(places.map((place) => [`${place.list} ${place.sortKey}`, place])).values()];
};

/** What the pages of others show of an article, and where they look for it. */
const selectShownFacts = (record: ArticleRecord | undefined) =>
  record?.state === 'published' && record.entry
    ? { ...selectRelatedFacts(record.entry), positions: record.positions.filter(({ list }) => isTopicList(list)) }
    : undefined;

/** Articles whose pages show one at a place: before each of them are fewer than a window of others. Oldest first. */
const selectFollowers = (later: readonly PlacedEntry[]): PlacedEntry[] => {
  const times = later.map(toPlacedTime);
  return later.filter((each) => times.indexOf(toPlacedTime(each)) < relatedWindowSize);
};

export interface RelatedArticles {
  readonly find: (record: ArticleRecord) => Promise<Entry[]>;
  /** Marks the articles whose pages show one that changes. @returns whether there are any */
  readonly markFollowers: () => Promise<boolean>;
}

/** What the pages of changed articles show of earlier ones, and which later ones show them. */
export const createRelatedArticles = (
  { services: { articles: store, lists, seeds }, failures }: BuildContext,
  articles: readonly ChangedArticle[],
  topicLists: TopicLists,
): RelatedArticles => {
  const updated = new Map([...topicLists].map(([list, before]) => [list, updatePlaced(list, before, articles)]));
  const readUpdated = async (list: string, range: Parameters<typeof lists.listPlacedEntries>[1]) => {
    const found = await lists.listPlacedEntries(list, range);
    return { count: found.length, ...updatePlaced(list, { placed: found, isAll: true }, articles) };
  };
  /** Of a list that several articles of the round are in, one range with them and those before. Where it fails, each is sought. */
  const readWindow = memoize(async (list: string): Promise<PlacedEntries | undefined> => {
    const keys = articles.flatMap(({ record }) =>
      record.positions.flatMap((place) => (place.list === list ? [place.sortKey] : [])),
    );
    const last = keys.toSorted(compareStrings).at(-1);
    if (last === undefined || keys.length < 2) return undefined;
    const limit = 2 * articles.length + relatedWindowSize;
    const placed = await lists.listPlacedEntries(list, { upTo: last, newestFirst: true, limit });
    return updatePlaced(list, { placed, isAll: placed.length < limit }, articles);
  });
  const readEarlier = async ({ list, sortKey }: ListPosition): Promise<readonly PlacedEntry[]> => {
    const time = toPlacedTime({ sortKey });
    const isEarlier = (each: PlacedEntry): boolean => toPlacedTime(each) < time;
    const findIn = (known: PlacedEntries | undefined): readonly PlacedEntry[] | undefined => {
      const found = known?.placed.filter(isEarlier) ?? [];
      return known?.isAll || found.length >= relatedWindowSize ? found.slice(0, relatedWindowSize) : undefined;
    };
    const found = findIn(updated.get(list)) ?? findIn(await readWindow(list).catch(() => undefined));
    if (found) return found;
    const limit = relatedWindowSize + articles.length;
    const { placed } = await readUpdated(list, { upTo: time, newestFirst: true, limit });
    return placed.filter(isEarlier).slice(0, relatedWindowSize);
  };
  const readFollowers = async ({ list, sortKey }: ListPosition, limit = 50): Promise<readonly PlacedEntry[]> => {
    const isLater = (each: PlacedEntry): boolean => toPlacedTime(each) > toPlacedTime({ sortKey });
    const known = updated.get(list);
    if (known && (known.isAll || sortKey >= (known.placed.at(-1)?.sortKey ?? '~')))
      return selectFollowers(known.placed.filter(isLater).toReversed());
    const { count, placed } = await readUpdated(list, { from: sortKey, upTo: '~', limit });
    const later = placed.filter(isLater).toReversed();
    const followers = selectFollowers(later);
    // Of many articles with the same date, more may follow.
    return followers.length === later.length && count === limit
      ? readFollowers({ list, sortKey }, limit * 4)
      : followers;
  };
  return {
    find: async ({ state, positions }) => {
      if (state !== 'published') return [];
      return selectRelated(
        await mapInParallel(
          positions.filter(({ list }) => isTopicList(list)),
          readEarlier,
        ),
      );
    },
    markFollowers: async () => {
      const built = new Set(articles.map(({ record }) => record.id));
      const changed = articles.filter(
        ({ previous, record }) => !isDeepStrictEqual(selectShownFacts(previous), selectShownFacts(record)),
      );
      const followers = await mapSeparately(
        changed,
        async (article) => (await mapInParallel(listTopicPositions(article), (place) => readFollowers(place))).flat(),
        ({ record }, error) => failures.articles.set(record.id, error),
      );
      const ids = [...new Set(followers.flat().map(({ entry }) => entry.id))].filter((id) => !built.has(id));
      if (ids.length === 0) return false;
      const keys = (await store.getMany(ids)).flatMap((record) => listPublicKeys(record).slice(0, 1));
      await seeds.markChanged(keys.map((key) => ({ key, sequencer: '' })));
      return keys.length > 0;
    },
  };
};
