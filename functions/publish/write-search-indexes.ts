import { toObjectHeaders, toObjectKey } from '../adapters/site-objects.ts';
import type { Entry } from '../core/entry.ts';
import { fingerprint } from '../core/identity.ts';
import type { Manifest, MonthSummary } from '../core/lifecycle/manifest.ts';
import { buildSearchPart, indexArticle } from '../core/search/build-search-part.ts';
import {
  newestIndex,
  type PlannedIndex,
  planSearchIndexes,
  toSearchPartName,
} from '../core/search/plan-search-indexes.ts';
import { decodeSearchIndex, encodeSearchIndex, type SearchPart } from '../core/search/search-index.ts';
import { sitePaths } from '../core/site-paths.ts';
import { mapInParallel } from '../platform/concurrency.ts';
import type { BuildContext } from './build-context.ts';
import { mapSeparately } from './isolate-failures.ts';
import type { PartsRead } from './read-parts.ts';

/** Characters of the bodies in which the articles of a part are found. Others are found by their titles and the like. */
const maxSearchedLength = 30_000_000;

/** Stands for the fingerprint of a part that lacks an article, so that it is indexed again. */
const incomplete = '';

export interface SearchedMonths {
  /** All months as their documents are. */
  readonly months: readonly MonthSummary[];
  /** All months as they will be. */
  readonly summaries: readonly MonthSummary[];
  readonly partsByMonth: ReadonlyMap<string, PartsRead>;
  readonly manifests: ReadonlyMap<string, Pick<Manifest, 'searchParts'> | undefined>;
}

/** By the names of parts that were read, what their index is made from now. */
export type SearchFingerprints = ReadonlyMap<string, string>;

interface ReadPart {
  readonly name: string;
  readonly entries: readonly Entry[];
  readonly fingerprint: string;
  readonly isChanged: boolean;
}

const fingerprintPart = (buildVersion: string, entries: readonly Entry[]): string =>
  fingerprint(
    buildVersion,
    JSON.stringify(entries.map(({ id, slug, revision, published }) => [id, slug, revision, published])),
  );

const listReadParts = ({ services }: BuildContext, { partsByMonth, manifests }: SearchedMonths): ReadPart[] =>
  [...partsByMonth].flatMap(([month, { read }]) =>
    [...read].map(([part, { entries }]) => {
      const now = fingerprintPart(services.buildVersion, entries);
      const isChanged = manifests.get(month)?.searchParts?.[part - 1] !== now;
      return { name: toSearchPartName(month, part), entries, fingerprint: now, isChanged };
    }),
  );

const selectSearched = (entries: readonly Entry[]): ReadonlySet<string> => {
  let length = 0;
  return new Set(
    entries.toReversed().flatMap(({ id, bodyLength }) => {
      if (length + bodyLength > maxSearchedLength) return [];
      length += bodyLength;
      return id;
    }),
  );
};

/** An article whose body cannot be read is left out, and its part is built again. */
const indexPart = async (
  { services: { publication }, bodies, limitBodies, failures }: BuildContext,
  { name, entries }: ReadPart,
): Promise<SearchPart> => {
  const searched = selectSearched(entries);
  const length = entries.reduce((sum, { id, bodyLength }) => sum + (searched.has(id) ? bodyLength : 0), 0);
  const articles = await limitBodies(length, () =>
    mapSeparately(
      entries,
      async (entry) => {
        const full = searched.has(entry.id) ? await bodies.readFullEntry(entry) : { ...entry, html: '', text: '' };
        return indexArticle(full, publication, entries.length);
      },
      ({ id }, error) => failures.articles.set(id, error),
    ),
  );
  return buildSearchPart(name, articles);
};

/**
 * Writes the files of the search index whose parts changed. A part that was not read is taken from the file that it was
 * in: docs/decisions/0049-search.md
 */
export const writeSearchIndexes = async (
  context: BuildContext,
  searched: SearchedMonths,
): Promise<SearchFingerprints> => {
  const { site } = context.services.buckets;
  const before = planSearchIndexes(searched.months);
  const after = planSearchIndexes(searched.summaries);
  const read = new Map(listReadParts(context, searched).map((part) => [part.name, part]));
  const fingerprints = new Map([...read.values()].map((part) => [part.name, part.fingerprint]));

  const files = new Map<string, Promise<SearchPart[]>>();
  const readFile = (name: string): Promise<SearchPart[]> => {
    const file =
      files.get(name) ??
      site
        .get(toObjectKey(sitePaths.searchIndex(name)))
        .then((object) => decodeSearchIndex(object?.bytes ?? new Uint8Array()));
    files.set(name, file);
    return file;
  };
  const findPart = async (name: string): Promise<SearchPart[]> => {
    const known = read.get(name);
    if (known) {
      const part = await indexPart(context, known);
      if (part.documents.length < known.entries.length) fingerprints.set(name, incomplete);
      return [part];
    }
    const file = before.find(({ parts }) => parts.includes(name));
    return file ? (await readFile(file.name)).filter((part) => part.name === name) : [];
  };
  const isStale = ({ name, parts }: PlannedIndex): boolean =>
    parts.some((part) => read.get(part)?.isChanged) ||
    parts.join() !== before.find((index) => index.name === name)?.parts.join();

  // All are read before one is written, as a part may move from one to another.
  const built = await mapInParallel(after.filter(isStale), async ({ name, parts }) => ({
    path: sitePaths.searchIndex(name),
    bytes: encodeSearchIndex((await mapInParallel(parts, findPart)).flat()),
  }));
  const write = ({ path, bytes }: (typeof built)[number]): Promise<void> =>
    site.put(toObjectKey(path), bytes, toObjectHeaders(path));
  // Until the newest is written, what leaves it is in two files rather than in none.
  const newest = sitePaths.searchIndex(newestIndex);
  await mapInParallel(
    built.filter(({ path }) => path !== newest),
    write,
  );
  await mapInParallel(
    built.filter(({ path }) => path === newest),
    write,
  );
  const removed = before.filter(({ name }) => !after.some((index) => index.name === name));
  await mapInParallel(removed, ({ name }) => site.delete(toObjectKey(sitePaths.searchIndex(name))));
  return fingerprints;
};
