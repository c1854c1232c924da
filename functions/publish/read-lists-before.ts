import { listNames } from '../core/lifecycle/list-positions.ts';
import { waitForBoth } from '../platform/concurrency.ts';
import type { BuildContext } from './build-context.ts';
import { findTouchedLists } from './find-touched-lists.ts';
import type { ChangedArticle } from './follow-address-changes.ts';
import { listLeavingKeys, type PlacedEntries } from './placed-entries.ts';
import { homePageSize } from './plan-site-documents.ts';

export type Manifests = Awaited<ReturnType<BuildContext['services']['lists']['getManifests']>>;

/** Announced articles that are read at once: more than a digest shows, so that next digests wait for no others. */
const latestSize = 300;

export const readLatest = async (
  { services: { lists, publication } }: BuildContext,
  leaving = 0,
): Promise<PlacedEntries> => {
  const limit = Math.max(homePageSize, publication.feedSize, latestSize) + leaving;
  const placed = await lists.listPlacedEntries(listNames.latest, { newestFirst: true, limit });
  return { placed, isAll: placed.length < limit };
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
  const latest = isAnnounced
    ? readLatest(context, listLeavingKeys(listNames.latest, articles).length)
    : Promise.resolve(undefined);
  const [found, placed] = await waitForBoth(manifests, latest);
  return { manifests: found, latest: placed };
};
