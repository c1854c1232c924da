import { findArticleId, type SeedRecord } from '../../../functions/core/lifecycle/seed-record.ts';
import { toSeedKind } from '../../../functions/core/seed-kind.ts';
import { mapInParallel } from '../../../functions/platform/concurrency.ts';
import { type CliServices, connectServices } from '../connection/create-cli-services.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import { formatTable } from '../output/format-values.ts';
import { type ChangeOptions, type Io, printResult, requireConfirmation } from '../output/io.ts';
import { runWithProgress } from '../output/run-with-progress.ts';
import { formatSeedOutcomes } from '../seeds/find-seed-outcome.ts';
import { type ExpectedChange, followSeeds } from '../seeds/follow-seeds.ts';

export const runWithdraw = async (named: readonly string[], options: ChangeOptions, io: Io): Promise<void> => {
  const stores = await connectServices(options, io);
  const keys = [...new Set(named)];
  const found = await findSeeds(stores, keys);
  io.err(...formatTable(found.map(({ key, title = '' }) => [key, title])));
  io.err('Readers will no longer find this. It returns if you upload it again under its key.');
  await requireConfirmation(io, keys.length === 1 ? 'Withdraw it?' : `Withdraw all ${keys.length}?`, options);
  const expected = await deleteSeeds(stores, found);
  const outcomes = await runWithProgress(io, (show) =>
    followSeeds(stores, expected, (count) => show(count / expected.length, `${count} of ${expected.length} withdrawn`)),
  );
  const values = [...outcomes].map(([key, outcome]) => ({ key, ...outcome }));
  printResult(io, options, values, formatSeedOutcomes(outcomes, stores.publication.timeZone));
  const left = values.filter(({ state }) => state !== 'withdrawn').length;
  if (left > 0) throw new CliError(`${left} of ${keys.length} are not withdrawn yet.`);
};

interface StoredSeed {
  readonly key: string;
  readonly record: SeedRecord | undefined;
  readonly title?: string;
}

const findSeeds = async (
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
const deleteSeeds = async (
  { buckets }: Pick<CliServices, 'buckets'>,
  found: readonly StoredSeed[],
): Promise<ExpectedChange[]> => {
  await mapInParallel(found, ({ key }) => buckets.seeds.delete(key));
  return found
    .filter(({ key }) => toSeedKind(key) !== 'ignored')
    .map(({ key, record }) => ({
      key,
      previousSequencer: record?.sequencer,
      articleId: record && findArticleId(record),
    }));
};
