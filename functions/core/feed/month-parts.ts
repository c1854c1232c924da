import type { Entry } from '../entry.ts';

/** Articles in one part of a month's archive: a document that readers still load at once. */
export const partSize = 100;

/**
 * Cuts a month's entries into the parts of its archive. Part 1 comes first and has the oldest; within a part they
 * stand in the order they were published. A full part never changes when newer articles come.
 */
export const partsOf = <T extends Pick<Entry, 'id' | 'published'>>(entries: readonly T[]): T[][] => {
  const inOrder = entries.toSorted((a, b) => compare(a.published, b.published) || compare(a.id, b.id));
  return Array.from({ length: Math.ceil(inOrder.length / partSize) }, (_, part) =>
    inOrder.slice(part * partSize, (part + 1) * partSize),
  );
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
