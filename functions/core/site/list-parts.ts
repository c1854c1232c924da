import type { Entry } from '../entry.ts';
import { compareStrings } from '../text/compare-strings.ts';

export const articlesPerPart = 100;

/** Parts of a longer list whose pages link to each other. */
const partsPerBlock = 20;

/** An entry under its sort key in a list. */
export interface PlacedEntry<T = Entry> {
  readonly sortKey: string;
  readonly entry: T;
}

/** A part of a month, or of the year of a topic or author. */
export interface ListPart<T = Entry> {
  /** The sort key of its first entry. */
  readonly start: string;
  /** Oldest first. */
  readonly entries: readonly T[];
}

/** Splits a list into parts, oldest first. A full part never changes when newer articles are published. */
export const splitIntoParts = <T extends Pick<Entry, 'id' | 'published'>>(
  placed: readonly PlacedEntry<T>[],
): ListPart<T>[] => {
  const inOrder = placed.toSorted((a, b) => compareStrings(a.sortKey, b.sortKey));
  return Array.from({ length: Math.ceil(inOrder.length / articlesPerPart) }, (_, part) => {
    const some = inOrder.slice(part * articlesPerPart, (part + 1) * articlesPerPart);
    const entries = some
      .map(({ entry }) => entry)
      // Within the hour that a change of the clock repeats, sort keys are not in the order of instants.
      .sort((a, b) => compareStrings(a.published, b.published) || compareStrings(a.id, b.id));
    return { start: some[0]?.sortKey ?? '', entries };
  });
};

export const hasAllPartsLinked = (parts: number): boolean => parts <= partsPerBlock;

const findBlockStart = (part: number): number => Math.floor((part - 1) / partsPerBlock) * partsPerBlock + 1;

/**
 * The parts that the page of a part links to: all of a few. Of many it links to those of its block and to the nearest
 * of the blocks beside it, so that a new part does not change the pages of all others.
 */
export const listLinkedParts = (part: number, parts: number): number[] => {
  const isShort = hasAllPartsLinked(parts);
  const blockStart = findBlockStart(part);
  const first = isShort ? 1 : Math.max(1, blockStart - 1);
  const last = isShort ? parts : Math.min(parts, blockStart + partsPerBlock);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
};

/** The first part whose page changes when there are more or fewer parts than before. */
export const findFirstRelinkedPart = (before: number, after: number): number => {
  const fewer = Math.min(before, after);
  return hasAllPartsLinked(fewer) ? 1 : findBlockStart(fewer);
};
