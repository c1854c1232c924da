import type { Command } from 'commander';
import type { Cadence } from '../../../functions/core/publication.ts';
import { selectCadences } from '../../../functions/core/publication.ts';
import { type ConnectOptions, connect } from '../connection/connect.ts';
import { type CliServices, createCliServices } from '../connection/create-cli-services.ts';
import { createPreviewServices } from '../newsletter/create-preview-services.ts';
import { findNextIssue, formatNothingPending, requireCadence } from '../newsletter/find-next-issue.ts';
import { draftLetter, readLetter, sendTestEmail } from '../newsletter/send-test-email.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import type { Io } from '../output/io.ts';
import { parseCadence, parseIssueName, parseMailAddress } from './arguments.ts';

type Options = ConnectOptions & { json?: boolean; issue?: string; cadence?: Cadence };

/** `seedpress send-test`: a digest to one address, to look at. */
export const addSendTest = (program: Command, io: Io): void => {
  program
    .command('send-test')
    .argument('<address>', 'who gets it', parseMailAddress)
    .description(
      'mail the next digest, or an issue, to one address, marked as a test; the ledger does not know of it',
    )
    .option('--issue <name>', 'an issue that was composed, such as daily-12', parseIssueName)
    .option('--cadence <cadence>', 'whose next digest: daily or weekly', parseCadence)
    .addHelpText('after', '\nExample:\n  npx seedpress send-test editor@news.example --issue daily-12')
    .action(async (to: string, _options: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const connection = await connect(options, io);
      const ledger = createCliServices(connection);
      const services = await createPreviewServices(connection);
      const letter =
        options.issue === undefined
          ? await draftLetter(services, await requireNextIssue(ledger, options.cadence))
          : await readLetter(ledger, options.issue);
      const messageId = await sendTestEmail(ledger, services, { to, letter }).finally(() =>
        services.mailer.close?.(),
      );
      if (options.json) io.out(`${JSON.stringify({ messageId, subject: letter.subject })}\n`);
      else io.out(`Sent: ${letter.subject}\n`);
    });
};

const requireNextIssue = async (ledger: CliServices, wanted: Cadence | undefined) => {
  const cadence = wanted ?? selectCadences(ledger.publication)[0] ?? 'daily';
  requireCadence(ledger.publication, cadence);
  const next = await findNextIssue(ledger, cadence);
  if (next) return next;
  throw new CliError(`${formatNothingPending(cadence)} Name an issue with --issue.`, exitCodes.notFound);
};
