import type { ManifestChange } from '../adapters/table/lists.ts';
import { listNames } from '../core/lifecycle/list-positions.ts';
import type { Manifest, MonthSummary, Parts } from '../core/lifecycle/manifest.ts';
import { toSearchPartName } from '../core/search/plan-search-indexes.ts';
import { compareStrings } from '../core/text/compare-strings.ts';
import { waitForBoth } from '../platform/concurrency.ts';
import { type BuildContext, maxListsInParallel } from './build-context.ts';
import { mapSeparately } from './isolate-failures.ts';
import { buildArchiveChain, listPartPaths, type MonthPlan, planMonthDocuments } from './plan-month-documents.ts';
import { createRangeReader, type PartsRead, readParts, type TouchedKeys, toParts, toWholeRange } from './read-parts.ts';
import { writeDocuments } from './write-documents.ts';
import { type SearchFingerprints, writeSearchIndexes } from './write-search-indexes.ts';

export interface TouchedMonth extends TouchedKeys {
  readonly name: string;
}

export interface MonthsInput {
  readonly touched: readonly TouchedMonth[];
  /** All months as their documents are, oldest first. */
  readonly months: readonly MonthSummary[];
  readonly findManifest: (month: string) => Manifest | undefined;
  readonly onFailure: (month: string, error: unknown) => void;
}

/** What was read of the touched months, and of their neighbours where the links between them change. */
export interface MonthsRead extends MonthsInput {
  readonly neighbours: readonly string[];
  readonly partsByMonth: ReadonlyMap<string, PartsRead>;
  readonly manifests: ReadonlyMap<string, Manifest | undefined>;
  /** All months as they will be, oldest first. */
  readonly summaries: readonly MonthSummary[];
  /** A month that cannot be read or built keeps its documents. */
  readonly fail: (month: string, error: unknown) => void;
}

const isPresent = ({ updates }: MonthSummary): boolean => updates.length > 0;

export const readMonths = async (context: BuildContext, input: MonthsInput): Promise<MonthsRead> => {
  const { lists } = context.services;
  const { touched, months, findManifest, onFailure } = input;
  const before = new Map(months.map((month) => [month.name, month]));
  const partsByMonth = new Map<string, PartsRead>();
  const readMonth = async (month: string, parts: Parts | undefined, keys: TouchedKeys): Promise<void> => {
    const range = createRangeReader(lists, listNames.month(month));
    partsByMonth.set(month, await readParts(range, toWholeRange(), parts, keys));
  };
  await mapSeparately(
    touched,
    ({ name, ...keys }) => readMonth(name, findManifest(name)?.parts, keys),
    ({ name }, error) => onFailure(name, error),
  );
  const toSummary = (name: string): MonthSummary => {
    const read = partsByMonth.get(name);
    return read ? { name, updates: read.updates } : (before.get(name) ?? { name, updates: [] });
  };
  const names = [...new Set([...before.keys(), ...partsByMonth.keys()])].sort(compareStrings);
  const relinked = [...partsByMonth.keys()].filter(
    (name) => toSummary(name).updates.length !== (before.get(name)?.updates.length ?? 0),
  );
  const neighbours = [
    ...findNeighbours(
      relinked,
      names,
      (name) => isPresent(toSummary(name)),
      (name) => before.has(name),
    ),
  ].filter((name) => !partsByMonth.has(name));
  // Only as long as their manifests are as before, the next build knows that their neighbours must change.
  const failRelinked = (error: unknown): void => {
    for (const month of relinked) {
      partsByMonth.delete(month);
      onFailure(month, error);
    }
  };
  await mapSeparately(
    neighbours,
    (name) => readMonth(name, undefined, { moved: [], edited: [] }),
    (_, error) => failRelinked(error),
  );
  const others =
    neighbours.length === 0 ? undefined : await lists.getManifests(neighbours.map((name) => ({ kind: 'month', name })));
  return {
    ...input,
    neighbours,
    partsByMonth,
    manifests: new Map(
      names.map((name) => [
        name,
        neighbours.includes(name) ? others?.find({ kind: 'month', name }) : findManifest(name),
      ]),
    ),
    summaries: names.map(toSummary).filter(isPresent),
    fail: (month, error) => (neighbours.includes(month) ? failRelinked(error) : onFailure(month, error)),
  };
};

/** The month after one that has another number of parts, and both beside one that comes or goes. */
const findNeighbours = (
  relinked: readonly string[],
  all: readonly string[],
  isThere: (month: string) => boolean,
  wasThere: (month: string) => boolean,
): Set<string> =>
  new Set(
    relinked.flatMap((month) => {
      const index = all.indexOf(month);
      const earlier = isThere(month) && wasThere(month) ? undefined : all.slice(0, index).findLast(isThere);
      const later = all.slice(index + 1).find(isThere);
      return [earlier ?? [], later ?? []].flat();
    }),
  );

/**
 * Writes the archives of the months that were read. The manifests of neighbours are saved at once: the others only once
 * their neighbours have changed.
 * @returns the manifests of the touched months, to be saved
 */
export const writeMonths = async (context: BuildContext, months: MonthsRead): Promise<ManifestChange[]> => {
  const { partsByMonth, neighbours, fail } = months;
  const chain = buildArchiveChain(months.summaries);
  const indexed = writeSearchIndexes(context, months);
  const write = async (name: string): Promise<ManifestChange[]> => {
    const parts = partsByMonth.get(name);
    if (!parts) return [];
    const before = months.manifests.get(name);
    const [written, fingerprints] = await waitForBoth(
      writeMonth(context, { month: name, parts, chain }, before),
      indexed,
    );
    return [addSearchParts(written, fingerprints, before)];
  };
  const writeAll = async (names: readonly string[]) =>
    (await mapSeparately(names, write, fail, maxListsInParallel)).flat();
  const writeNeighboursFirst = async (): Promise<ManifestChange[]> => {
    if (neighbours.length > 0) await context.services.lists.saveManifests(await writeAll(neighbours));
    return writeAll([...partsByMonth.keys()].filter((name) => !neighbours.includes(name)));
  };
  const [changes] = await waitForBoth(writeNeighboursFirst(), indexed);
  return changes;
};

/** With what the search index was made from: no manifest is saved before it is written. */
const addSearchParts = (
  change: ManifestChange,
  fingerprints: SearchFingerprints,
  before: Manifest | undefined,
): ManifestChange => {
  const { name, manifest } = change;
  const searchParts = manifest?.parts?.starts.map(
    (_, index) => fingerprints.get(toSearchPartName(name, index + 1)) ?? before?.searchParts?.[index] ?? '',
  );
  return manifest && searchParts ? { ...change, manifest: { ...manifest, searchParts } } : change;
};

const writeMonth = async (
  context: BuildContext,
  plan: MonthPlan,
  before: Manifest | undefined,
): Promise<ManifestChange> => {
  const { month, parts } = plan;
  const kept = new Set(
    parts.starts.flatMap((_, index) => (parts.read.has(index + 1) ? [] : listPartPaths(month, index + 1))),
  );
  const { fingerprints } = await writeDocuments(
    context,
    before?.fingerprints ?? {},
    planMonthDocuments(context, plan),
    (path) => kept.has(path),
  );
  const manifest = { name: month, title: month, fingerprints, parts: toParts(parts) };
  return { kind: 'month', name: month, manifest: parts.starts.length > 0 ? manifest : undefined };
};
