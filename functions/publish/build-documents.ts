import type { BodyReader } from '../adapters/body-reader.ts';
import { parseListName } from '../core/lifecycle/list-positions.ts';
import { mapInParallel, waitForBoth } from '../platform/concurrency.ts';
import { type BuildContext, maxListsInParallel } from './build-context.ts';
import { buildMonths } from './build-months.ts';
import { buildNamedList, type TouchedNamedList } from './build-named-list.ts';
import { buildSiteWideDocuments } from './build-site-wide-documents.ts';
import { createPageContext } from './page-context.ts';
import type { PublishServices } from './services.ts';
import type { UpdatedArticle } from './update-articles.ts';

/** Articles withdrawn last, of which Atom tells. */
const maxTombstones = 50;

/**
 * Rebuilds the documents of every list that the filed articles stand in or left, and those of the front.
 * @returns paths of the feeds that were written
 */
export const buildDocuments = async (
  services: PublishServices,
  filed: readonly UpdatedArticle[],
  { bodies, since }: { bodies: BodyReader; since: string },
): Promise<string[]> => {
  const withdrawn = await services.lists.listWithdrawn(maxTombstones);
  const round: BuildContext = {
    services,
    bodies,
    since,
    withdrawn,
    pageContext: createPageContext(services),
  };
  const touched = findTouchedLists(filed);
  const [months, feeds] = await waitForBoth(
    buildMonths(round, new Set(touched.months)),
    mapInParallel([...touched.named.values()], (name) => buildNamedList(round, name), maxListsInParallel),
  );
  return [...feeds.flat(), ...(await buildSiteWideDocuments(round, months))];
};

const findTouchedLists = (filed: readonly UpdatedArticle[]) => {
  const months: string[] = [];
  const named = new Map<string, TouchedNamedList & { years: Set<string> }>();
  for (const { list, sortKey: sort } of filed.flatMap(({ record }) => [
    ...record.positions,
    ...record.stalePositions,
  ])) {
    const { kind, name } = parseListName(list);
    if (kind === 'month') months.push(name);
    if (kind !== 'topic' && kind !== 'author') continue;
    const touched = named.get(list) ?? { kind, slug: name, years: new Set<string>() };
    touched.years.add(sort.slice(0, 4));
    named.set(list, touched);
  }
  return { months, named };
};
