import { parseListName } from '../core/lifecycle/list-positions.ts';
import { mapInParallel, waitForBoth } from '../platform/concurrency.ts';
import { type BuildContext, maxListsInParallel } from './build-context.ts';
import { buildMonths } from './build-months.ts';
import { buildNamedList, type TouchedNamedList } from './build-named-list.ts';
import { buildSiteWideDocuments } from './build-site-wide-documents.ts';
import type { UpdatedArticle } from './update-articles.ts';

/** The newest withdrawn articles: those that Atom feeds have tombstones of. */
const maxTombstones = 50;

/**
 * Builds the documents of every list that the updated articles are in or have left, then those of the whole site.
 * @returns paths of the feeds that were written
 */
export const buildDocuments = async (context: BuildContext, updated: readonly UpdatedArticle[]): Promise<string[]> => {
  const withdrawn = await context.services.lists.listWithdrawn(maxTombstones);
  const touched = findTouchedLists(updated);
  const [months, feeds] = await waitForBoth(
    buildMonths(context, touched.months),
    mapInParallel(touched.namedLists, (list) => buildNamedList(context, list, withdrawn), maxListsInParallel),
  );
  return [...feeds.flat(), ...(await buildSiteWideDocuments(context, { months, withdrawn }))];
};

const findTouchedLists = (updated: readonly UpdatedArticle[]) => {
  const months = new Set<string>();
  const namedLists = new Map<string, TouchedNamedList & { readonly years: Set<string> }>();
  const positions = updated.flatMap(({ record }) => [...record.positions, ...record.stalePositions]);
  for (const { list, sortKey } of positions) {
    const { kind, name } = parseListName(list);
    if (kind === 'month') months.add(name);
    if (kind !== 'topic' && kind !== 'author') continue;
    const touched = namedLists.get(list) ?? { kind, slug: name, years: new Set<string>() };
    touched.years.add(sortKey.slice(0, 4));
    namedLists.set(list, touched);
  }
  return { months, namedLists: [...namedLists.values()] };
};
