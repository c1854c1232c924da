import type { ManifestChange } from '../adapters/table/lists.ts';
import type { WithdrawnArticle } from '../core/entry.ts';
import { listNames } from '../core/lifecycle/list-positions.ts';
import { toMonthSummary } from '../core/lifecycle/manifest.ts';
import { waitForBoth } from '../platform/concurrency.ts';
import { type BuildContext, maxListsInParallel } from './build-context.ts';
import { readMonths, writeMonths } from './build-months.ts';
import { type BuiltNamedList, buildNamedList } from './build-named-list.ts';
import { startSiteDocuments } from './build-site-wide-documents.ts';
import { findTouchedLists, type TouchedLists } from './find-touched-lists.ts';
import { isolateFailures, mapSeparately } from './isolate-failures.ts';
import { type PlacedEntries, updatePlaced } from './placed-entries.ts';
import type { Manifests } from './read-lists-before.ts';
import type { ListsBefore, UpdatedArticle } from './update-articles.ts';

/** The newest withdrawn articles: those that Atom feeds have tombstones of. */
const maxTombstones = 50;

/**
 * Builds the documents of every list that the updated articles are in or have left, and those of the whole site. A list
 * that cannot be built at all counts as a failure of each of its updated articles.
 * @returns paths of the feeds that were written
 */
export const buildDocuments = async (
  context: BuildContext,
  updated: readonly UpdatedArticle[],
  { manifests, latest, topicLists }: ListsBefore,
): Promise<string[]> => {
  const { lists } = context.services;
  const touched = findTouchedLists(updated);
  const idsByMonth = new Map(touched.months.map(({ name, ids }) => [name, ids]));
  const fail = (ids: Iterable<string> = [], error: unknown): void => {
    for (const id of ids) context.failures.articles.set(id, error);
  };
  const before = isUpToDate(context, updated, manifests) ? manifests.site : undefined;
  const withdrawn =
    before && !touched.siteLists.has(listNames.withdrawn) ? before.withdrawn : await lists.listWithdrawn(maxTombstones);
  const months = readMonths(context, {
    touched: touched.months,
    months: before?.months ?? (await lists.listManifests('month')).map(toMonthSummary),
    findManifest: (name) => manifests.find({ kind: 'month', name }),
    onFailure: (month, error) => fail(idsByMonth.get(month), error),
  });
  const site = startSiteDocuments(context, {
    before,
    manifest: manifests.site,
    latest: latest && updatePlaced(listNames.latest, latest, updated),
    updated,
    withdrawn,
    months,
  });
  const [[monthChanges, named]] = await waitForBoth(
    waitForBoth(
      months.then((read) => writeMonths(context, read)),
      buildNamedLists(context, touched, {
        manifests,
        withdrawn,
        fail,
        findNewest: (list) => {
          const before = topicLists.get(list);
          return before && updatePlaced(list, before, updated);
        },
      }),
    ),
    site.written,
  );
  const changes = [...monthChanges, ...named.map(({ change }) => change)];
  const { manifest, feeds, hasNewNames } = await site.finish(named);
  // What is new or gone is known only as long as its own manifest is as before.
  if (hasNewNames) await lists.saveManifests([], manifest);
  await saveManifests(context, changes, hasNewNames ? undefined : manifest, (change, error) =>
    fail(listIds(touched, change), error),
  );
  return [...named.flatMap((list) => list.feeds), ...feeds];
};

/** Whether nothing but articles has changed since the documents of the whole site were built. */
const isUpToDate = (
  { services, build }: BuildContext,
  updated: readonly UpdatedArticle[],
  { site }: Manifests,
): boolean =>
  site !== undefined &&
  updated.length > 0 &&
  site.buildVersion === services.buildVersion &&
  site.refreshes === build.refreshes;

const buildNamedLists = (
  context: BuildContext,
  { namedLists }: TouchedLists,
  {
    manifests,
    withdrawn,
    fail,
    findNewest,
  }: {
    readonly manifests: Manifests;
    readonly withdrawn: readonly WithdrawnArticle[];
    readonly fail: (ids: Iterable<string>, error: unknown) => void;
    /** What was read of a list before, as it is now. */
    readonly findNewest: (list: string) => PlacedEntries | undefined;
  },
): Promise<BuiltNamedList[]> =>
  mapSeparately(
    namedLists,
    (list) =>
      buildNamedList(context, list, {
        before: manifests.find({ kind: list.kind, name: list.slug }),
        newest: findNewest(listNames[list.kind](list.slug)),
        withdrawn,
      }),
    ({ ids }, error) => fail(ids, error),
    maxListsInParallel,
  );

const listIds = ({ months, namedLists }: TouchedLists, { kind, name }: ManifestChange): Iterable<string> =>
  (kind === 'month'
    ? months.find((month) => month.name === name)
    : namedLists.find((list) => list.kind === kind && list.slug === name)
  )?.ids ?? [];

/** In one request, where all of them can be saved. */
const saveManifests = async (
  { services: { lists } }: BuildContext,
  changes: readonly ManifestChange[],
  site: Parameters<typeof lists.saveManifests>[1],
  onFailure: (change: ManifestChange, error: unknown) => void,
): Promise<void> => {
  await isolateFailures(
    [...changes, ...(site ? ['site' as const] : [])],
    async (some) => {
      const ofLists = some.filter((change) => change !== 'site');
      await lists.saveManifests(ofLists, some.includes('site') ? site : undefined);
      return [];
    },
    (change, error) => {
      if (change === 'site') throw error;
      onFailure(change, error);
    },
  );
};
