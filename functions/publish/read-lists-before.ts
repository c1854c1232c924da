import { entrySchema } from '../core/entry.ts';
import { listNames } from '../core/lifecycle/list-positions.ts';
import type { PlacedEntry } from '../core/site/list-parts.ts';
import { compareStrings } from '../core/text/compare-strings.ts';
import { waitForBoth } from '../platform/concurrency.ts';
import type { BuildContext } from './build-context.ts';
import { findTouchedLists } from './find-touched-lists.ts';
import type { ChangedArticle } from './follow-address-changes.ts';
import { homePageSize } from './plan-site-documents.ts';

export type Manifests = Awaited<ReturnType<BuildContext['services']['lists']['getManifests']>>;

/** The newest entries of a list, newest first. */
export interface PlacedEntries {
  readonly placed: readonly PlacedEntry[];
  readonly isAll: boolean;
}

/** Announced articles that are read at once: mostly, next digests wait for no others. */
const latestSize = 100;

export const readLatest = async (
  { services: { lists, publication } }: BuildContext,
  leaving = 0,
): Promise<PlacedEntries> => {
  const limit = Math.max(homePageSize, publication.feedSize, latestSize) + leaving;
  const placed = await lists.listPlacedEntries(listNames.latest, { newestFirst: true, limit });
  return { placed, isAll: placed.length < limit };
};

const listLatestKeys = (articles: readonly ChangedArticle[]): string[] =>
  articles.flatMap(({ record: { stalePositions } }) =>
    stalePositions.flatMap(({ list, sortKey }) => (list === listNames.latest ? [sortKey] : [])),
  );

/** The newest announced articles once articles have changed, from those before. */
export const updateLatest = (before: PlacedEntries, updated: readonly ChangedArticle[]): PlacedEntries => {
  const placed = new Map(before.placed.map((each) => [each.sortKey, each]));
  for (const sortKey of listLatestKeys(updated)) placed.delete(sortKey);
  const oldest = before.isAll ? '' : (before.placed.at(-1)?.sortKey ?? '');
  for (const { record } of updated)
    for (const { list, sortKey } of record.positions)
      if (list === listNames.latest && record.entry && sortKey >= oldest)
        // As it is read: what documents are made from is compared as text.
        placed.set(sortKey, { sortKey, entry: entrySchema.parse(record.entry) });
  return {
    placed: [...placed.values()].sort((a, b) => compareStrings(b.sortKey, a.sortKey)),
    isAll: before.isAll,
  };
};

/** Reads what documents of lists were made from, and the announced articles where they may change. */
export const readListsBefore = async (
  context: BuildContext,
  articles: readonly ChangedArticle[],
): Promise<{ readonly manifests: Manifests; readonly latest: PlacedEntries | undefined }> => {
  const { months, namedLists, siteLists } = findTouchedLists(articles);
  const manifests = context.services.lists.getManifests([
    ...months.map(({ name }) => ({ kind: 'month' as const, name })),
    ...namedLists.map(({ kind, slug }) => ({ kind, name: slug })),
  ]);
  const isAnnounced = [listNames.latest, listNames.returned, listNames.corrections, listNames.withdrawn].some((list) =>
    siteLists.has(list),
  );
  const latest = isAnnounced ? readLatest(context, listLatestKeys(articles).length) : Promise.resolve(undefined);
  const [found, placed] = await waitForBoth(manifests, latest);
  return { manifests: found, latest: placed };
};
