import type { ChangedSeed } from '../adapters/table/seeds.ts';
import { listClaimedIds, type Rejection, type SeedRecord } from '../core/lifecycle/seed-record.ts';
import { truncate } from '../core/text/truncate.ts';
import type { BuildContext } from './build-context.ts';
import { isolateFailures, mapSeparately } from './isolate-failures.ts';
import type { PublishServices } from './services.ts';
import { writeRejection } from './write-rejection.ts';

/** A change is set aside once so many builds have failed on it. */
export const maxFailures = 3;

const maxReasonLength = 1000;

/** What the build failed on for a seed, or for an article that it is or was. */
export const findFailure = ({ failures }: BuildContext, seed: SeedRecord): { readonly error: unknown } | undefined => {
  if (failures.seeds.has(seed.key)) return { error: failures.seeds.get(seed.key) };
  const id = listClaimedIds(seed).find((claimed) => failures.articles.has(claimed));
  return id === undefined ? undefined : { error: failures.articles.get(id) };
};

/**
 * Counts the failures of the changes that are not done: docs/decisions/0017-poison-changes.md
 * @returns what removes the marks of the others
 */
export const acknowledgeChanges = async (
  context: BuildContext,
  changes: readonly ChangedSeed[],
  seeds: readonly SeedRecord[],
): Promise<() => Promise<void>> => {
  const { log, seeds: store } = context.services;
  const seedsByKey = new Map(seeds.map((seed) => [seed.key, seed]));
  const findSeed = ({ key, sequencer }: ChangedSeed): SeedRecord =>
    seedsByKey.get(key) ?? { key, sequencer, kind: 'seed' };
  const count = async (change: ChangedSeed, error: unknown): Promise<void> => {
    log.error(`a build failed on ${change.key}`, error);
    await store.recordFailure(change);
    if (change.failures + 1 >= maxFailures) await setAside(context.services, change, findSeed(change), error);
  };
  const countAll = (failed: readonly { readonly change: ChangedSeed; readonly error: unknown }[]) =>
    mapSeparately(
      failed,
      ({ change, error }) => count(change, error),
      ({ change }, error) => log.error(`the failure on ${change.key} was not counted`, error),
    );
  const found = changes.map((change) => ({ change, failure: findFailure(context, findSeed(change)) }));
  await countAll(
    found.flatMap(({ change, failure }) =>
      failure && change.failures < maxFailures ? [{ change, error: failure.error }] : [],
    ),
  );
  await markOthers(context, seeds);
  return async () => {
    const failed: { change: ChangedSeed; error: unknown }[] = [];
    await isolateFailures(
      found.flatMap(({ change, failure }) => (failure ? [] : [change])),
      async (some) => {
        await store.unmark(some);
        return [];
      },
      (change, error) => failed.push({ change, error }),
    );
    await countAll(failed);
  };
};

/** Reports a change that cannot be built, and forgets it until the seed is uploaded again or the site rebuilt. */
const setAside = async (
  services: PublishServices,
  change: ChangedSeed,
  seed: SeedRecord,
  error: unknown,
): Promise<void> => {
  const { log, seeds } = services;
  const reason = truncate(`${maxFailures} builds failed on it and left it out: ${String(error)}`, maxReasonLength);
  const rejection: Rejection = { reason, isFromBuild: true };
  log.count('setAside', 1);
  log.warn('seed set aside', { key: seed.key, reason });
  const steps = [
    () => seeds.saveRejection(seed, rejection),
    () => writeRejection(services, { ...seed, rejection }),
    () => seeds.unmark([change]),
  ];
  // Each by itself: the build may have failed on the report.
  await mapSeparately(
    steps,
    (step) => step(),
    (_, failure) => log.error(`${seed.key} was not set aside completely`, failure),
    1,
  );
};

/** Marks articles that were left out of documents though they did not change, so that their failures count too. */
const markOthers = async (context: BuildContext, changed: readonly SeedRecord[]): Promise<void> => {
  const { articles, log, seeds } = context.services;
  const changedIds = new Set(changed.flatMap(listClaimedIds));
  const ids = [...context.failures.articles.keys()].filter((id) => !changedIds.has(id));
  await isolateFailures(
    ids,
    async (some) => {
      const records = await articles.getMany(some);
      const found = await seeds.getMany(records.flatMap(({ seedKeys }) => seedKeys));
      const open = found.filter(({ rejection }) => !rejection?.isFromBuild);
      await seeds.markChanged(open.map(({ key }) => ({ key, sequencer: '' })));
      return [];
    },
    (id, error) => log.error(`article ${id} was left out, and its seeds were not marked`, error),
  );
};
