import type { Entry } from '../entry.ts';

/** Articles in one part of a month's archive: a document that readers still load at once. */
export const articlesPerPart = 100;

/**
 * Cuts a month's entries into the parts of its archive. Part 1 comes first and has the oldest; within a part they
 * stand in the order they were published. A full part never changes when newer articles come.
 */
export const splitIntoParts = <T extends Pick<Entry, 'id' | 'published'>>(entries: readonly T[]): T[][] => {
  const inOrder = entries.toSorted(
    (a, b) => compareStrings(a.published, b.published) || compareStrings(a.id, b.id),
  );
  return Array.from({ length: Math.ceil(inOrder.length / articlesPerPart) }, (_, part) =>
    inOrder.slice(part * articlesPerPart, (part + 1) * articlesPerPart),
  );
};

const compareStrings = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
