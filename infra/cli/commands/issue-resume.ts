import type { Command } from 'commander';
import { type ConnectOptions, connect } from '../connection/connect.ts';
import { type CliServices, createCliServices } from '../connection/create-cli-services.ts';
import { requeueWaitingBatches } from '../newsletter/requeue-waiting-batches.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import type { Io } from '../output/io.ts';
import { requireConfirmation } from '../output/require-confirmation.ts';

/** Days that are told of, with the present one. */
const shownDays = 7;

/** Bounces and complaints by the day on which the mails left, newest first, of those on which any did. */
const readRecentRates = async ({ dayCounts, now }: Pick<CliServices, 'dayCounts' | 'now'>) => {
  const dates = Array.from({ length: shownDays }, (_, back) =>
    new Date(now().getTime() - back * 24 * 60 * 60 * 1000).toISOString().slice(0, 10),
  );
  const counted = await Promise.all(
    dates.map(async (day) => {
      const { sent, bounces, complaints } = await dayCounts.get(day);
      return { day, sent, bounces, complaints };
    }),
  );
  return counted.filter(({ sent, bounces, complaints }) => sent + bounces + complaints > 0);
};

type DayRates = Awaited<ReturnType<typeof readRecentRates>>[number];

const formatPercent = (part: number, whole: number): string =>
  `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`;

/** `2026-11-24: 6 of 100 bounced (6.00 %; the limit is 5 %), 0 complained (0.00 %; 0.1 %)`. */
const formatDayRates = ({ day, sent, bounces, complaints }: DayRates): string =>
  `${day}: ${bounces} of ${sent} bounced (${formatPercent(bounces, sent)}; the limit is 5 %), ${complaints} complained (${formatPercent(complaints, sent)}; the limit is 0.1 %)`;

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
      const ledger = createCliServices(await connect(options, io));
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
