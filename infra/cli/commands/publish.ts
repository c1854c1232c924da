import type { Command } from 'commander';
import { type ConnectOptions, connect } from '../connection/connect.ts';
import { type CliServices, createCliServices } from '../connection/create-cli-services.ts';
import { CliError } from '../output/cli-error.ts';
import { createProgressBar } from '../output/create-progress-bar.ts';
import { formatTable } from '../output/format-table.ts';
import type { Io } from '../output/io.ts';
import type { SeedChangeOutcome } from '../seeds/find-seed-outcome.ts';
import { type ExpectedChange, followSeeds } from '../seeds/follow-seeds.ts';
import { formatSeedOutcome } from '../seeds/format-seed-outcome.ts';
import { type PlannedUpload, planUploads, type UploadOptions } from '../seeds/plan-uploads.ts';
import { uploadSeedFiles } from '../seeds/upload-seed-files.ts';

type Options = ConnectOptions & UploadOptions & { json?: boolean; wait: boolean };

const help = `
A folder is uploaded with all in it that is not hidden, under keys within the folder. If one file cannot be published by
its name or size, nothing is uploaded. Code 1 if a file was refused.

Examples:
  npx seedpress publish harbour.md harbour.jpg --prefix 2026
  npx seedpress publish - --as notes/today.txt < today.txt`;

/** `seedpress publish`: from files to the site. */
export const addPublish = (program: Command, io: Io): void => {
  program
    .command('publish')
    .argument('<file...>', 'seeds and pictures, folders of them, or - for the input')
    .description('upload seeds and pictures, and wait until each is published, scheduled or refused')
    .option('--as <key>', "the key in the seeds bucket, in the place of the file's name")
    .option('--prefix <folder>', 'a folder of the seeds bucket to put them in')
    .option('--no-wait', 'do not wait for what comes of it')
    .addHelpText('after', help)
    .action(async (names: string[], _options: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const planned = await planUploads(names, options, io);
      const seeds = createCliServices(await connect(options, io));
      const expected = await upload(seeds, planned, io);
      const outcomes = options.wait ? await follow(seeds, expected, io) : undefined;
      const keys = planned.map(({ key }) => key);
      if (options.json)
        io.out(
          `${JSON.stringify(keys.map((key) => ({ key, ...(outcomes?.get(key) ?? uploadedOutcome) })))}\n`,
        );
      else if (!outcomes) io.out(`${keys.length} uploaded.\n`);
      else io.out(formatOutcomes(outcomes));
      requireAllDone([...(outcomes?.values() ?? [])]);
    });
};

const uploadedOutcome = { state: 'uploaded' };

const upload = async (
  seeds: CliServices,
  planned: readonly PlannedUpload[],
  io: Io,
): Promise<ExpectedChange[]> => {
  const bar = createProgressBar(io);
  const { length } = planned;
  return uploadSeedFiles(seeds, planned, (count) =>
    bar.show(count / length, `${count} of ${length} uploaded`),
  ).finally(bar.end);
};

const follow = async (
  seeds: CliServices,
  expected: readonly ExpectedChange[],
  io: Io,
): Promise<ReadonlyMap<string, SeedChangeOutcome>> => {
  const bar = createProgressBar(io);
  let doneCount = 0;
  const show = (): void => {
    doneCount += 1;
    bar.show(doneCount / expected.length, `${doneCount} of ${expected.length} settled`);
  };
  return followSeeds(seeds, expected, show).finally(bar.end);
};

const formatOutcomes = (outcomes: ReadonlyMap<string, SeedChangeOutcome>): string =>
  formatTable([...outcomes].map(([key, outcome]) => [outcome.state, key, formatSeedOutcome(outcome)]));

/** @throws {CliError} unless every file is as it should be */
const requireAllDone = (outcomes: readonly SeedChangeOutcome[]): void => {
  const count = (wanted: SeedChangeOutcome['state']) =>
    outcomes.filter(({ state }) => state === wanted).length;
  const [refused, replaced, waiting] = [count('refused'), count('replaced'), count('waiting')];
  if (refused > 0) throw new CliError(`${refused} of ${outcomes.length} files were refused.`);
  if (replaced > 0) throw new CliError(`${replaced} of ${outcomes.length} files were replaced meanwhile.`);
  if (waiting > 0)
    throw new CliError(`Nothing came of ${waiting} of ${outcomes.length} files in two minutes.`);
};
