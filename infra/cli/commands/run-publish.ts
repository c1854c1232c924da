import { connectServices } from '../connection/create-cli-services.ts';
import { CliError } from '../output/cli-error.ts';
import { type GlobalOptions, type Io, printResult } from '../output/io.ts';
import { runWithProgress } from '../output/run-with-progress.ts';
import { formatSeedOutcomes, type SeedChangeOutcome } from '../seeds/find-seed-outcome.ts';
import { followSeeds } from '../seeds/follow-seeds.ts';
import { planUploads, type UploadOptions } from '../seeds/plan-uploads.ts';
import { uploadSeedFiles } from '../seeds/upload-seed-files.ts';

interface Options extends GlobalOptions, UploadOptions {
  readonly wait: boolean;
}

export const runPublish = async (files: readonly string[], options: Options, io: Io): Promise<void> => {
  const planned = await planUploads(files, options, io);
  const stores = await connectServices(options, io);
  const expected = await runWithProgress(io, (show) =>
    uploadSeedFiles(stores, planned, (count) => show(count / planned.length, `${count} of ${planned.length} uploaded`)),
  );
  if (!options.wait) {
    const uploaded = planned.map(({ key }) => ({ key, state: 'uploaded' }));
    return printResult(io, options, uploaded, [`${planned.length} uploaded.`]);
  }
  const outcomes = await runWithProgress(io, (show) =>
    followSeeds(stores, expected, (count) => show(count / expected.length, `${count} of ${expected.length} done`)),
  );
  const values = planned.map(({ key }) => ({ key, ...outcomes.get(key) }));
  printResult(io, options, values, formatSeedOutcomes(outcomes, stores.publication.timeZone));
  requireAllDone([...outcomes.values()]);
};

const requireAllDone = (outcomes: readonly SeedChangeOutcome[]): void => {
  const count = (wanted: SeedChangeOutcome['state']) => outcomes.filter(({ state }) => state === wanted).length;
  const [refused, replaced, waiting] = [count('refused'), count('replaced'), count('waiting')];
  if (refused > 0) throw new CliError(`${refused} of ${outcomes.length} refused.`);
  if (replaced > 0) throw new CliError(`${replaced} of ${outcomes.length} replaced in the meantime.`);
  if (waiting > 0) throw new CliError(`${waiting} of ${outcomes.length} not published within two minutes.`);
};
