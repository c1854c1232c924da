import type { Command } from 'commander';
import type { Cadence } from '../../../functions/core/publication.ts';
import { cadencesOf } from '../../../functions/core/publication.ts';
import { parseCadence, parseIssueName, parseMailAddress } from '../arguments.ts';
import { type ConnectOptions, connect } from '../connect.ts';
import { exitCodes, OperatorError } from '../failures.ts';
import type { Io } from '../io.ts';
import { demandCadence, findNext, nothingWaits } from '../newsletter/find-next.ts';
import { openDesk } from '../newsletter/open-desk.ts';
import { type Ledger, openLedger } from '../newsletter/open-ledger.ts';
import { draftLetter, readLetter, sendTest } from '../newsletter/send-test.ts';

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
      const ledger = openLedger(connection);
      const desk = await openDesk(connection);
      const letter =
        options.issue === undefined
          ? await draftLetter(desk, await nextOf(ledger, options.cadence))
          : await readLetter(ledger, options.issue);
      const messageId = await sendTest(ledger, desk, { to, letter }).finally(() => desk.mailer.close?.());
      if (options.json) io.out(`${JSON.stringify({ messageId, subject: letter.subject })}\n`);
      else io.out(`Sent: ${letter.subject}\n`);
    });
};

const nextOf = async (ledger: Ledger, wanted: Cadence | undefined) => {
  const cadence = wanted ?? cadencesOf(ledger.publication)[0] ?? 'daily';
  demandCadence(ledger.publication, cadence);
  const next = await findNext(ledger, cadence);
  if (next) return next;
  throw new OperatorError(`${nothingWaits(cadence)} Name an issue with --issue.`, exitCodes.notFound);
};
