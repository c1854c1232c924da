import { listKind } from '../core/filing/lists.ts';
import type { BodyReader } from './body-reader.ts';
import type { Filed } from './file-changes.ts';
import { bothOf, inParallel } from './in-parallel.ts';
import { pageContext } from './page-context.ts';
import type { PublishingServices } from './services.ts';
import { buildFront } from './shelves/front.ts';
import { buildMonths } from './shelves/months.ts';
import { buildNamed, type TouchedName } from './shelves/named.ts';
import { type Round, shelvesAtOnce } from './shelves/round.ts';

/** Articles withdrawn last, of which Atom tells. */
const tombstones = 50;

/**
 * Rebuilds the documents of every list that the filed articles stand in or left, and those of the front.
 * @returns paths of the feeds that were written
 */
export const buildDocuments = async (
  services: PublishingServices,
  filed: readonly Filed[],
  { bodies, since }: { bodies: BodyReader; since: string },
): Promise<string[]> => {
  const withdrawn = await services.lists.withdrawn(tombstones);
  const round: Round = { services, bodies, since, withdrawn, context: pageContext(services) };
  const touched = touchedLists(filed);
  const [months, feeds] = await bothOf(
    buildMonths(round, new Set(touched.months)),
    inParallel([...touched.named.values()], (name) => buildNamed(round, name), shelvesAtOnce),
  );
  return [...feeds.flat(), ...(await buildFront(round, months))];
};

const touchedLists = (filed: readonly Filed[]) => {
  const months: string[] = [];
  const named = new Map<string, TouchedName & { years: Set<string> }>();
  for (const { list, sort } of filed.flatMap(({ record }) => [...record.placements, ...record.left])) {
    const { kind, name } = listKind(list);
    if (kind === 'month') months.push(name);
    if (kind !== 'topic' && kind !== 'author') continue;
    const touched = named.get(list) ?? { kind, slug: name, years: new Set<string>() };
    touched.years.add(sort.slice(0, 4));
    named.set(list, touched);
  }
  return { months, named };
};
