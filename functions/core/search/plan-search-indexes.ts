import type { MonthSummary } from '../lifecycle/manifest.ts';

/** A file of the site, and the parts of months that it has. */
export interface PlannedIndex {
  readonly name: string;
  /** Oldest first. */
  readonly parts: readonly string[];
}

/** Each file takes two requests of a search; a larger file takes longer to write. */
const maxPartsPerIndex = 12;

/** The newest part, which most articles come to, has a file of its own: the others need not be read for them. */
export const newestIndex = 'newest';

/** The name of a part of a month within an index. */
export const toSearchPartName = (month: string, part: number): string => `${month}/${part}`;

/** Plans the files of the search index, oldest first: of each year, as many as its parts need. */
export const planSearchIndexes = (months: readonly MonthSummary[]): PlannedIndex[] => {
  const all = months.flatMap(({ name, updates }) => updates.map((_, index) => toSearchPartName(name, index + 1)));
  const newest = all.slice(-1);
  const years = Map.groupBy(all.slice(0, -1), (part) => part.slice(0, 4));
  const ofYears = [...years].flatMap(([year, parts]) =>
    Array.from({ length: Math.ceil(parts.length / maxPartsPerIndex) }, (_, index) => ({
      name: index === 0 ? year : `${year}-${index + 1}`,
      parts: parts.slice(index * maxPartsPerIndex, (index + 1) * maxPartsPerIndex),
    })),
  );
  return [...ofYears, ...(newest.length > 0 ? [{ name: newestIndex, parts: newest }] : [])];
};
