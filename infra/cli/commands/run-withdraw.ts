import { connectServices } from '../connection/create-cli-services.ts';
import { CliError } from '../output/cli-error.ts';
import { formatTable } from '../output/format-values.ts';
import { type ChangeOptions, type Io, printResult, requireConfirmation } from '../output/io.ts';
import { runWithProgress } from '../output/run-with-progress.ts';
import { formatSeedOutcomes } from '../seeds/find-seed-outcome.ts';
import { followSeeds } from '../seeds/follow-seeds.ts';
import { deleteSeeds, findSeeds } from '../seeds/withdraw-seeds.ts';

export const runWithdraw = async (named: readonly string[], options: ChangeOptions, io: Io): Promise<void> => {
  const stores = await connectServices(options, io);
  const keys = [...new Set(named)];
  const found = await findSeeds(stores, keys);
  io.err(formatTable(found.map(({ key, title = '' }) => [key, title])));
  io.err('Readers will no longer find this. It returns if you upload it again under its key.\n');
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
