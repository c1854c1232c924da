import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { type ConnectOptions, connect } from '../connection/connect.ts';
import { createCliServices } from '../connection/create-cli-services.ts';
import { createProgressBar } from '../output/create-progress-bar.ts';
import { formatTable } from '../output/format-table.ts';
import type { Io } from '../output/io.ts';
import { requireConfirmation } from '../output/require-confirmation.ts';
import { readSeedInventory } from '../rebuild/read-seed-inventory.ts';
import { rebuildSite } from '../rebuild/rebuild-site.ts';

type Options = ConnectOptions & { json?: boolean; yes?: boolean; dryRun?: boolean };

const help = `
Every seed is read again and every document of the site written, also what somebody changed or deleted by hand. Ids,
addresses, dates and order stay, nothing is announced again, no issue is sent. What else lies in the site bucket stays.
Broken off and run again, it begins anew, without harm.

Example:
  npx seedpress rebuild --dry-run`;

/** `seedpress rebuild`: everything anew from the seeds bucket. */
export const addRebuild = (program: Command, io: Io): void => {
  program
    .command('rebuild')
    .description('make everything anew from the seeds bucket; reads the whole table')
    .option('--dry-run', 'count, and change nothing')
    .option('--yes', 'do not ask')
    .addHelpText('after', help)
    .action(async (_options: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const seeds = createCliServices(await connect(options, io));
      const stock = await readSeedInventory(seeds);
      const counts = {
        seeds: stock.seeds.length,
        pictures: stock.pictures.length,
        unrecorded: stock.unrecorded.length,
        deleted: stock.deleted.length,
      };
      const table = formatCounts(counts);
      if (options.dryRun) {
        io.out(options.json ? `${JSON.stringify({ dryRun: true, ...counts })}\n` : table);
        return;
      }
      io.err(table);
      await requireConfirmation(io, 'Make everything anew?', options.yes);
      const bar = createProgressBar(io);
      const services = { ...seeds, createId: randomUUID, pollIntervalMs: 400 };
      const issueDocuments = await rebuildSite(services, stock, bar.show).finally(bar.end);
      if (options.json) io.out(`${JSON.stringify({ dryRun: false, ...counts, issueDocuments })}\n`);
      else io.out(`The site is made anew; ${issueDocuments} documents of issues were restored.\n`);
    });
};

const formatCounts = ({
  seeds,
  pictures,
  unrecorded,
  deleted,
}: Readonly<Record<'seeds' | 'pictures' | 'unrecorded' | 'deleted', number>>): string =>
  formatTable([
    ['Seeds', `${seeds}`],
    ['Pictures', `${pictures}`],
    ['Seeds without a record', `${unrecorded}`],
    ['Deleted, to be withdrawn', `${deleted}`],
  ]);
