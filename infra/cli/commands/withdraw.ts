import type { Command } from 'commander';
import { type ConnectOptions, connect } from '../connection/connect.ts';
import { createCliServices } from '../connection/create-cli-services.ts';
import { CliError } from '../output/cli-error.ts';
import { createProgressBar } from '../output/create-progress-bar.ts';
import { formatTable } from '../output/format-table.ts';
import type { Io } from '../output/io.ts';
import { requireConfirmation } from '../output/require-confirmation.ts';
import { followSeeds } from '../seeds/follow-seeds.ts';
import { formatSeedOutcome } from '../seeds/format-seed-outcome.ts';
import { deleteSeeds, findSeeds } from '../seeds/withdraw-seeds.ts';

type Options = ConnectOptions & { json?: boolean; yes?: boolean };

const help = `
The page of a withdrawn article is gone, lists and feeds do not have it any more, and feed readers that know Atom's
tombstones are told. Issues that were sent keep it. Uploaded again under its key it comes back, with its id, address and
date: npx seedpress publish FILE --as KEY

Example:
  npx seedpress withdraw notes/story.md`;

/** `seedpress withdraw`: takes what was published off the site. */
export const addWithdraw = (program: Command, io: Io): void => {
  program
    .command('withdraw')
    .argument('<key...>', 'keys of the seeds bucket')
    .description('delete seeds or pictures from the seeds bucket, and wait until the site is without them')
    .option('--yes', 'do not ask')
    .addHelpText('after', help)
    .action(async (named: string[], _options: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const seeds = createCliServices(await connect(options, io));
      const keys = [...new Set(named)];
      const found = await findSeeds(seeds, keys);
      io.err(formatTable(found.map(({ key, title = '' }) => [key, title])));
      io.err('Readers will not find it any more. Uploaded again under its key it comes back.\n');
      await requireConfirmation(
        io,
        keys.length === 1 ? 'Withdraw it?' : `Withdraw all ${keys.length}?`,
        options.yes,
      );
      const bar = createProgressBar(io);
      let gone = 0;
      const show = (): void => {
        gone += 1;
        bar.show(gone / found.length, `${gone} of ${found.length} withdrawn`);
      };
      const outcomes = await followSeeds(seeds, await deleteSeeds(seeds, found), show).finally(bar.end);
      if (options.json)
        io.out(`${JSON.stringify([...outcomes].map(([key, outcome]) => ({ key, ...outcome })))}\n`);
      else
        io.out(formatTable([...outcomes].map(([key, each]) => [each.state, key, formatSeedOutcome(each)])));
      const left = [...outcomes.values()].filter(({ state }) => state !== 'withdrawn').length;
      if (left > 0) throw new CliError(`${left} of ${keys.length} are not withdrawn yet.`);
    });
};
