import type { SeedRecord } from '../../../functions/core/lifecycle/seed-record.ts';
import { toSeedKind } from '../../../functions/core/seed-kind.ts';
import { mapInParallel } from '../../../functions/platform/concurrency.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import type { ExpectedChange } from './follow-seeds.ts';

export interface StoredSeed {
  readonly key: string;
  readonly record: SeedRecord | undefined;
  readonly title?: string;
}

export const findSeeds = async (
  { buckets, seeds }: Pick<CliServices, 'buckets' | 'seeds'>,
  keys: readonly string[],
): Promise<StoredSeed[]> => {
  const facts = await mapInParallel(keys, (key) => buckets.seeds.head(key));
  const missing = keys.filter((_, place) => facts[place] === undefined);
  if (missing.length > 0)
    throw new CliError(`The seeds bucket has no ${missing.join(', no ')}. Nothing was withdrawn.`, exitCodes.notFound);
  const records = new Map((await seeds.getMany(keys)).map((record) => [record.key, record]));
  return keys.map((key) => {
    const record = records.get(key);
    return { key, record, ...(record?.version && { title: record.version.title }) };
  });
};

/** The bucket of a deployed stack keeps the version under a delete marker. */
export const deleteSeeds = async (
  { buckets }: Pick<CliServices, 'buckets'>,
  found: readonly StoredSeed[],
): Promise<ExpectedChange[]> => {
  await mapInParallel(found, ({ key }) => buckets.seeds.delete(key));
  return found
    .filter(({ key }) => toSeedKind(key) !== 'ignored')
    .map(({ key, record }) => ({ key, previousSequencer: record?.sequencer, articleId: record?.version?.id }));
};
