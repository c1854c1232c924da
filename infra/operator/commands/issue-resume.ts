import type { Command } from 'commander';
import { type ConnectOptions, connect } from '../connect.ts';
import { CliError, exitCodes } from '../failures.ts';
import type { Io } from '../io.ts';
import { createNewsletterStores } from '../newsletter/open-ledger.ts';
import { formatDayRates, readRecentRates } from '../newsletter/recent-rates.ts';
import { requeueWaitingBatches } from '../newsletter/wake-batches.ts';
import { requireConfirmation } from '../output/confirm.ts';

type Options = ConnectOptions & { json?: boolean; yes?: boolean };

/** `seedpress issue resume`: lets all sending go on. */
export const addIssueResume = (issue: Command, io: Io): void => {
  issue
    .command('resume')
    .description(
      'let sending go on where it left off, after telling bounces and complaints; code 3 if nothing is held',
    )
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  npx seedpress issue resume --yes')
    .action(async (_options: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const ledger = createNewsletterStores(await connect(options, io));
      const { paused } = await ledger.rateLimit.get();
      if (!paused) throw new CliError('Sending is not held.', exitCodes.notFound);
      const rates = await readRecentRates(ledger);
      io.err(`Sending stands still since ${paused.at}: ${paused.reason}\n`);
      for (const day of rates) io.err(`${formatDayRates(day)}\n`);
      if (rates.length === 0) io.err('No mail left in the last seven days.\n');
      await requireConfirmation(io, 'Let sending go on?', options.yes);
      await ledger.rateLimit.resume();
      const batches = await requeueWaitingBatches(ledger);
      if (options.json) io.out(`${JSON.stringify({ resumed: true, paused, rates, batches })}\n`);
      else io.out(`Sending goes on; ${batches} batches that waited are under way.\n`);
    });
};
