import type { ListStore } from '../adapters/table/lists.ts';
import type { Parts } from '../core/lifecycle/manifest.ts';
import {
  articlesPerPart,
  findFirstRelinkedPart,
  type ListPart,
  type PlacedEntry,
  splitIntoParts,
} from '../core/site/list-parts.ts';
import { mapInParallel } from '../platform/concurrency.ts';
import { findLastUpdate } from './build-context.ts';

/** Sort keys of articles that changed. */
export interface TouchedKeys {
  /** Of those that came or left: all articles after them may be in other parts. */
  readonly moved: readonly string[];
  /** Of those that stayed where they were. */
  readonly edited: readonly string[];
}

/** A list as it is cut into parts now, with the entries of the parts whose documents may have to change. */
export interface PartsRead extends Parts {
  /** By the part's number, from 1. */
  readonly read: ReadonlyMap<number, ListPart>;
}

/** Reads a range of a list: both ends are included. */
export type ReadRange = (from: string, upTo: string) => Promise<readonly PlacedEntry[]>;

export const createRangeReader =
  (lists: ListStore, list: string): ReadRange =>
  (from, upTo) =>
    lists.listPlacedEntries(list, { from, upTo });

/** All sort keys that begin with a digit, or with a year. */
export const toWholeRange = (year?: string) =>
  year === undefined ? { from: '0', upTo: '~' } : { from: `${year}-`, upTo: `${year}-~` };

/** More parts with edited articles are read as one range. */
const maxEditedParts = 4;

const omitStart = (placed: readonly PlacedEntry[], start: string | undefined): readonly PlacedEntry[] =>
  placed.filter(({ sortKey }) => start === undefined || sortKey < start);

/**
 * Reads the parts of a list that articles came to or left, and those after them. Full parts before them stay as they
 * are: what they cost does not grow with the list.
 * @param before as the list was cut when its documents were built; undefined where all of it has to be read
 */
export const readParts = async (
  readRange: ReadRange,
  bounds: { readonly from: string; readonly upTo: string },
  before: Parts | undefined,
  touched: TouchedKeys,
): Promise<PartsRead> => {
  const known = before?.starts ?? [];
  const findPart = (sortKey: string): number =>
    Math.max(
      0,
      known.findLastIndex((start) => start <= sortKey),
    );
  const readKnown = async (first: number, end = known.length): Promise<ListPart[]> => {
    const start = known[end];
    const placed = await readRange((first > 0 ? known[first] : undefined) ?? bounds.from, start ?? bounds.upTo);
    return splitIntoParts(omitStart(placed, start));
  };
  const edited = [...new Set(touched.edited.map(findPart))];
  if (before && known.length > 0 && touched.moved.length === 0 && edited.length <= maxEditedParts) {
    const read = await mapInParallel(edited, async (index) => ({ index, parts: await readKnown(index, index + 1) }));
    // After a crash, the list may have changed since it was cut.
    const isAsBefore = read.every(
      ({ index, parts: [part, ...more] }) =>
        part?.start === known[index] &&
        more.length === 0 &&
        (index === known.length - 1 || part?.entries.length === articlesPerPart),
    );
    if (isAsBefore)
      return replaceParts(before, new Map(read.flatMap(({ index, parts }) => parts.map((part) => [index + 1, part]))));
  }
  const first = Math.min(
    ...[...touched.moved, ...touched.edited].map(findPart),
    known.length === 0 ? 0 : Number.POSITIVE_INFINITY,
  );
  const from = Number.isFinite(first) ? first : 0;
  const tail = await readKnown(from);
  const count = from + tail.length;
  const relinked = count === known.length ? from : Math.min(from, findFirstRelinkedPart(known.length, count) - 1);
  const earlier = relinked < from ? await readKnown(relinked, from) : [];
  const read = new Map([...earlier, ...tail].map((part, index) => [relinked + index + 1, part]));
  return replaceParts(
    { starts: known.slice(0, from), updates: before?.updates.slice(0, from) ?? [], count: 0 },
    read,
    count,
  );
};

const replaceParts = (before: Parts, read: ReadonlyMap<number, ListPart>, length = before.starts.length): PartsRead => {
  const numbers = Array.from({ length }, (_, index) => index + 1);
  const lastSize = read.get(length)?.entries.length;
  return {
    starts: numbers.map((part) => read.get(part)?.start ?? before.starts[part - 1] ?? ''),
    updates: numbers.map((part) => findLastUpdate(read.get(part)?.entries ?? []) ?? before.updates[part - 1] ?? ''),
    count: length === 0 ? 0 : lastSize === undefined ? before.count : (length - 1) * articlesPerPart + lastSize,
    read,
  };
};

export const toParts = ({ starts, updates, count }: Parts): Parts => ({
  starts: [...starts],
  updates: [...updates],
  count,
});
