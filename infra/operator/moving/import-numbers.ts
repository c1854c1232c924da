import { cadences } from '../../../functions/core/publication.ts';
import { expectedRecord } from './expected-record.ts';
import type { Upload } from './import-seeds.ts';
import type { Numbers } from './layout.ts';
import type { Archive } from './open-archive.ts';
import type { Export } from './read-export.ts';

const kinds = ['arrival', 'returned', 'corrected'] as const;
const numbersOf = (numbers: Partial<Numbers>): number[] => kinds.flatMap((kind) => numbers[kind] ?? []);
const firstOf = (numbers: Numbers): number => Math.min(...numbersOf(numbers));

/**
 * Gives the articles that wait for an issue somewhere numbers of this publication, in their old order, before their
 * seeds come. Broken off, those that have theirs keep them, and the rest, which is the end of the order, comes behind.
 * @param uploads the seeds that are to come; one that does not is not waited for
 * @returns by their old numbers, the new ones
 */
export const expectArticles = async (
  { articles, build }: Pick<Archive, 'articles' | 'build'>,
  waiting: readonly Numbers[],
  uploads: readonly Upload[],
): Promise<Map<number, number>> => {
  const known = new Map(
    (await articles.getMany(waiting.map(({ id }) => id))).map((record) => [record.id, record]),
  );
  const ordered = waiting.toSorted((a, b) => firstOf(a) - firstOf(b));
  const coming = new Set(uploads.map(({ id }) => id));
  const missing = ordered.filter(({ id }) => coming.has(id) && !known.has(id));
  const old = missing.flatMap(numbersOf).sort((a, b) => a - b);
  const first = old.length === 0 ? 0 : await build.takeArrivals(old.length);
  const anew = new Map(old.map((number, index) => [number, first + index]));
  for (const { id, firstUpload, ...numbers } of missing) {
    const given = kinds.flatMap((kind) => {
      const number = anew.get(numbers[kind] ?? 0);
      return number === undefined ? [] : [[kind, number] as const];
    });
    const anywhere = { id, ...(firstUpload && { firstUpload }) };
    await articles.add(expectedRecord({ ...anywhere, ...Object.fromEntries(given) }));
  }
  for (const numbers of ordered) {
    const record = known.get(numbers.id);
    for (const kind of kinds) {
      const [was, is] = [numbers[kind], record?.[kind]];
      if (was !== undefined && is !== undefined) anew.set(was, is);
    }
  }
  return anew;
};

/** Lets the cadences go on where they stood: with their numbers, and with what they have covered. */
export const importCadences = async (
  { issues, build }: Pick<Archive, 'issues' | 'build'>,
  { ledger }: Export,
  anew: ReadonlyMap<number, number>,
): Promise<void> => {
  const { arrivals } = await build.get();
  const lowest = Math.min(arrivals + 1, ...anew.values());
  for (const cadence of cadences) {
    const state = ledger.cadences[cadence];
    if (!state) continue;
    const here = await issues.cadence(cadence);
    const covered = [...anew].filter(([was]) => was <= state.arrival).map(([, is]) => is);
    // What waits here already goes on waiting; of what comes over it is known which issue carried it.
    const arrival = here.arrival < lowest - 1 ? here.arrival : Math.max(lowest - 1, ...covered);
    await issues.resume(cadence, { ...state, arrival });
  }
};
