import { entrySchema } from '../core/entry.ts';
import { articlesPerPart, type PlacedEntry } from '../core/site/list-parts.ts';
import { compareStrings } from '../core/text/compare-strings.ts';
import type { BuildContext } from './build-context.ts';
import type { ChangedArticle } from './follow-address-changes.ts';

/** The newest entries of a list, newest first. */
export interface PlacedEntries {
  readonly placed: readonly PlacedEntry[];
  readonly isAll: boolean;
}

/** So that they mostly contain the last part of the newest year, with what was added to it. */
const newestSize = articlesPerPart + 10;

/** @param leaving how many of them may leave the list */
export const readNewestEntries = async (
  { services: { lists, publication } }: BuildContext,
  list: string,
  leaving = 0,
): Promise<PlacedEntries> => {
  const limit = Math.max(newestSize, publication.feedSize) + leaving;
  const placed = await lists.listPlacedEntries(list, { newestFirst: true, limit });
  return { placed, isAll: placed.length < limit };
};

export const listLeavingKeys = (name: string, articles: readonly ChangedArticle[]): string[] =>
  articles.flatMap(({ record: { stalePositions } }) =>
    stalePositions.flatMap(({ list, sortKey }) => (list === name ? [sortKey] : [])),
  );

/** The newest entries of a list once articles have changed, from those before. */
export const updatePlaced = (
  name: string,
  before: PlacedEntries,
  updated: readonly ChangedArticle[],
): PlacedEntries => {
  const placed = new Map(before.placed.map((each) => [each.sortKey, each]));
  for (const sortKey of listLeavingKeys(name, updated)) placed.delete(sortKey);
  const oldest = before.isAll ? '' : (before.placed.at(-1)?.sortKey ?? '');
  for (const { record } of updated)
    for (const { list, sortKey } of record.positions)
      if (list === name && record.entry && sortKey >= oldest)
        // As it is read: what documents are made from is compared as text.
        placed.set(sortKey, { sortKey, entry: entrySchema.parse(record.entry) });
  return {
    placed: [...placed.values()].sort((a, b) => compareStrings(b.sortKey, a.sortKey)),
    isAll: before.isAll,
  };
};
