import type { Entry } from '../entry.ts';
import { compareStrings } from '../text/compare-strings.ts';

export const articlesPerPart = 100;

/**
 * Splits a month's entries into the parts of its archive, oldest first. A full part never changes when newer articles
 * are published.
 */
export const splitIntoParts = <T extends Pick<Entry, 'id' | 'published'>>(entries: readonly T[]): T[][] => {
  const inOrder = entries.toSorted((a, b) => compareStrings(a.published, b.published) || compareStrings(a.id, b.id));
  return Array.from({ length: Math.ceil(inOrder.length / articlesPerPart) }, (_, part) =>
    inOrder.slice(part * articlesPerPart, (part + 1) * articlesPerPart),
  );
};
