import { seedKind } from '../../../functions/core/article/seed-kind.ts';
import type { SeedRecord } from '../../../functions/core/filing/records.ts';
import { inParallel } from '../../../functions/publishing/in-parallel.ts';
import { exitCodes, OperatorError } from '../failures.ts';
import type { Expected } from './follow-seeds.ts';
import type { Seeds } from './open-seeds.ts';

/** A seed or picture that lies in the bucket. */
export interface FoundSeed {
  readonly key: string;
  readonly record: SeedRecord | undefined;
  /** Of the article, where it is one. */
  readonly title?: string;
}

/** Looks for keys in the seeds bucket. @throws {OperatorError} where one is not there */
export const findSeeds = async (
  { buckets, seeds }: Pick<Seeds, 'buckets' | 'seeds'>,
  keys: readonly string[],
): Promise<FoundSeed[]> => {
  const facts = await inParallel(keys, (key) => buckets.seeds.head(key));
  const missing = keys.filter((_, place) => facts[place] === undefined);
  if (missing.length > 0)
    throw new OperatorError(
      `The seeds bucket has no ${missing.join(', no ')}. Nothing was withdrawn.`,
      exitCodes.notFound,
    );
  const records = new Map((await seeds.getMany(keys)).map((record) => [record.key, record]));
  return keys.map((key) => {
    const record = records.get(key);
    return { key, record, ...(record?.version && { title: record.version.title }) };
  });
};

/**
 * Deletes what was found. The bucket of a deployed stack keeps the version under a delete marker.
 * @returns by what to know that the site has followed; what publishing ignores is not among it
 */
export const deleteSeeds = async (
  { buckets }: Pick<Seeds, 'buckets'>,
  found: readonly FoundSeed[],
): Promise<Expected[]> => {
  await inParallel(found, ({ key }) => buckets.seeds.delete(key));
  return found
    .filter(({ key }) => seedKind(key) !== 'ignored')
    .map(({ key, record }) => ({ key, before: record?.sequencer, article: record?.version?.id }));
};
