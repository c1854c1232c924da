import { cadences } from '../../../functions/core/publication.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { type ArrivalNumbers, buildExpectedRecord } from '../export/export-files.ts';
import type { ImportUpload } from './import-seeds.ts';
import type { PublicationExport } from './read-export.ts';

const numberFields = ['arrival', 'returnNumber', 'correctionNumber'] as const;
const selectNumbers = (numbers: Partial<ArrivalNumbers>): number[] =>
  numberFields.flatMap((kind) => numbers[kind] ?? []);
const findLowestNumber = (numbers: ArrivalNumbers): number => Math.min(...selectNumbers(numbers));

/**
 * Gives articles that wait for an issue numbers of this publication, in their old order, before their seeds come. After
 * an interruption, those that have theirs keep them, and the rest comes behind. Maps old numbers to new ones.
 */
export const assignArrivalNumbers = async (
  { articles, build }: Pick<CliServices, 'articles' | 'build'>,
  waiting: readonly ArrivalNumbers[],
  uploads: readonly ImportUpload[],
): Promise<Map<number, number>> => {
  const known = new Map((await articles.getMany(waiting.map(({ id }) => id))).map((record) => [record.id, record]));
  const ordered = waiting.toSorted((a, b) => findLowestNumber(a) - findLowestNumber(b));
  const coming = new Set(uploads.map(({ id }) => id));
  const missing = ordered.filter(({ id }) => coming.has(id) && !known.has(id));
  const old = missing.flatMap(selectNumbers).sort((a, b) => a - b);
  const first = old.length === 0 ? 0 : await build.reserveArrivals(old.length, true);
  const newNumbers = new Map(old.map((number, index) => [number, first + index]));
  for (const { id, firstUpload, ...numbers } of missing) {
    const given = numberFields.flatMap((kind) => {
      const number = newNumbers.get(numbers[kind] ?? 0);
      return number === undefined ? [] : [[kind, number] as const];
    });
    const anywhere = { id, ...(firstUpload && { firstUpload }) };
    await articles.add(buildExpectedRecord({ ...anywhere, ...Object.fromEntries(given) }));
  }
  for (const numbers of ordered) {
    const record = known.get(numbers.id);
    for (const kind of numberFields) {
      const [was, is] = [numbers[kind], record?.[kind]];
      if (was !== undefined && is !== undefined) newNumbers.set(was, is);
    }
  }
  return newNumbers;
};

export const importCadences = async (
  { cadenceStates, build }: Pick<CliServices, 'cadenceStates' | 'build'>,
  { ledger }: PublicationExport,
  newNumbers: ReadonlyMap<number, number>,
): Promise<void> => {
  const { arrivals } = await build.get();
  const lowest = Math.min(arrivals + 1, ...newNumbers.values());
  for (const cadence of cadences) {
    const state = ledger.cadences[cadence];
    if (!state) continue;
    const here = await cadenceStates.get(cadence);
    const covered = [...newNumbers].filter(([was]) => was <= state.arrival).map(([, is]) => is);
    // What waits here already goes on waiting; of what comes over it is known which issue carried it.
    const arrival = here.arrival < lowest - 1 ? here.arrival : Math.max(lowest - 1, ...covered);
    await cadenceStates.restore(cadence, { ...state, arrival });
  }
};

/** Where a reader is here who was at a number there: after the last of the waiting articles that they were past. */
export const createPositionMap = (
  newNumbers: ReadonlyMap<number, number>,
  announced: number,
): ((number: number) => number) => {
  const pairs = [...newNumbers].sort(([a], [b]) => a - b);
  const before = newNumbers.size === 0 ? announced : Math.min(...newNumbers.values()) - 1;
  return (number) => pairs.findLast(([was]) => was <= number)?.[1] ?? before;
};
