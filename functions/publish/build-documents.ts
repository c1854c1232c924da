import { listNames, parseListName } from '../core/lifecycle/list-positions.ts';
import { waitForBoth } from '../platform/concurrency.ts';
import { type BuildContext, maxListsInParallel } from './build-context.ts';
import { buildMonths } from './build-months.ts';
import { buildNamedList, type TouchedNamedList } from './build-named-list.ts';
import { buildSiteWideDocuments } from './build-site-wide-documents.ts';
import { mapSeparately } from './isolate-failures.ts';
import type { UpdatedArticle } from './update-articles.ts';

/** The newest withdrawn articles: those that Atom feeds have tombstones of. */
const maxTombstones = 50;

/**
 * Builds the documents of every list that the updated articles are in or have left, then those of the whole site. A list
 * that cannot be built at all counts as a failure of each of its updated articles.
 * @returns paths of the feeds that were written
 */
export const buildDocuments = async (context: BuildContext, updated: readonly UpdatedArticle[]): Promise<string[]> => {
  const withdrawn = await context.services.lists.listWithdrawn(maxTombstones);
  const { months, namedLists } = findTouchedLists(updated);
  const fail = (ids: Iterable<string>, error: unknown): void => {
    for (const id of ids) context.failures.articles.set(id, error);
  };
  const [manifests, feeds] = await waitForBoth(
    buildMonths(context, new Set(months.keys()), (month, error) => fail(months.get(month) ?? [], error)),
    mapSeparately(
      namedLists,
      (list) => buildNamedList(context, list, withdrawn),
      ({ ids }, error) => fail(ids, error),
      maxListsInParallel,
    ),
  );
  return [...feeds.flat(), ...(await buildSiteWideDocuments(context, { months: manifests, withdrawn }))];
};

interface TouchedLists {
  /** The ids of the updated articles of each month. */
  readonly months: ReadonlyMap<string, ReadonlySet<string>>;
  readonly namedLists: readonly (TouchedNamedList & { readonly ids: ReadonlySet<string> })[];
}

const findTouchedLists = (updated: readonly UpdatedArticle[]): TouchedLists => {
  const months = new Map<string, Set<string>>();
  const namedLists = new Map<string, TouchedNamedList & { readonly years: Set<string>; readonly ids: Set<string> }>();
  const positions = updated.flatMap(({ record: { id, positions, stalePositions } }) =>
    [...positions, ...stalePositions].map((position) => ({ ...position, id })),
  );
  const touch = (list: string, id: string, years: readonly string[]): void => {
    const { kind, name } = parseListName(list);
    if (kind !== 'topic' && kind !== 'author') return;
    const touched = namedLists.get(list) ?? { kind, slug: name, years: new Set<string>(), ids: new Set<string>() };
    for (const year of years) touched.years.add(year);
    touched.ids.add(id);
    namedLists.set(list, touched);
  };
  for (const { list, sortKey, id } of positions) {
    const { kind, name } = parseListName(list);
    if (kind === 'month') months.set(name, (months.get(name) ?? new Set()).add(id));
    touch(list, id, [sortKey.slice(0, 4)]);
  }
  // The feeds of the topics that a withdrawn article had show that it was, until it returns, perhaps with other topics.
  for (const { previous, record } of updated)
    if (previous?.state === 'withdrawn' && record.state !== 'withdrawn')
      for (const { slug } of previous.entry?.topics ?? []) touch(listNames.topic(slug), record.id, []);
  return { months, namedLists: [...namedLists.values()] };
};
