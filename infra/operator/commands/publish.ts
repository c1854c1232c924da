import type { Command } from 'commander';
import { type ConnectOptions, connect } from '../connect.ts';
import { OperatorError } from '../failures.ts';
import type { Io } from '../io.ts';
import { formatTable } from '../output/format-table.ts';
import { showProgress } from '../output/show-progress.ts';
import { type Expected, followSeeds } from '../seeds/follow-seeds.ts';
import { formatOutcome } from '../seeds/format-outcome.ts';
import type { Outcome } from '../seeds/judge-seed.ts';
import { openSeeds, type Seeds } from '../seeds/open-seeds.ts';
import { type PlannedUpload, planUploads, type UploadOptions } from '../seeds/plan-uploads.ts';
import { uploadSeeds } from '../seeds/upload-seeds.ts';

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
      const seeds = openSeeds(await connect(options, io));
      const expected = await upload(seeds, planned, io);
      const outcomes = options.wait ? await follow(seeds, expected, io) : undefined;
      const keys = planned.map(({ key }) => key);
      if (options.json)
        io.out(`${JSON.stringify(keys.map((key) => ({ key, ...(outcomes?.get(key) ?? uploaded) })))}\n`);
      else if (!outcomes) io.out(`${keys.length} uploaded.\n`);
      else io.out(formatOutcomes(outcomes));
      demandDone([...(outcomes?.values() ?? [])]);
    });
};

const uploaded = { state: 'uploaded' };

const upload = async (seeds: Seeds, planned: readonly PlannedUpload[], io: Io): Promise<Expected[]> => {
  const bar = showProgress(io);
  const { length } = planned;
  return uploadSeeds(seeds, planned, (count) =>
    bar.show(count / length, `${count} of ${length} uploaded`),
  ).finally(bar.end);
};

const follow = async (
  seeds: Seeds,
  expected: readonly Expected[],
  io: Io,
): Promise<ReadonlyMap<string, Outcome>> => {
  const bar = showProgress(io);
  let settled = 0;
  const show = (): void => {
    settled += 1;
    bar.show(settled / expected.length, `${settled} of ${expected.length} settled`);
  };
  return followSeeds(seeds, expected, show).finally(bar.end);
};

const formatOutcomes = (outcomes: ReadonlyMap<string, Outcome>): string =>
  formatTable([...outcomes].map(([key, outcome]) => [outcome.state, key, formatOutcome(outcome)]));

/** @throws {OperatorError} unless every file is as it should be */
const demandDone = (outcomes: readonly Outcome[]): void => {
  const count = (wanted: Outcome['state']) => outcomes.filter(({ state }) => state === wanted).length;
  const [refused, replaced, waiting] = [count('refused'), count('replaced'), count('waiting')];
  if (refused > 0) throw new OperatorError(`${refused} of ${outcomes.length} files were refused.`);
  if (replaced > 0)
    throw new OperatorError(`${replaced} of ${outcomes.length} files were replaced meanwhile.`);
  if (waiting > 0)
    throw new OperatorError(`Nothing came of ${waiting} of ${outcomes.length} files in two minutes.`);
};
