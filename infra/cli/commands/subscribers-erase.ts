import type { Command } from 'commander';
import { eraseSubscriber } from '../../../functions/subscriptions/erase-subscriber.ts';
import { type ConnectOptions, connect } from '../connection/connect.ts';
import { createCliServices } from '../connection/create-cli-services.ts';
import type { Io } from '../output/io.ts';
import { requireConfirmation } from '../output/require-confirmation.ts';
import { findSubscriber } from '../subscribers/find-subscriber.ts';
import { parseMailAddress } from './arguments.ts';

type Options = ConnectOptions & { json?: boolean; yes?: boolean };

/** `seedpress subscribers erase`: what a reader does with the link in a mail, for one who asks otherwise. */
export const addSubscribersErase = (subscribers: Command, io: Io): void => {
  subscribers
    .command('erase')
    .argument('<address>', 'of the reader', parseMailAddress)
    .description('forget all of a reader but a keyed hash, which keeps imports from bringing them back')
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  npx seedpress subscribers erase ada@reader.example')
    .action(async (address: string, _options: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const ledger = createCliServices(await connect(options, io));
      const { key, state } = await findSubscriber(ledger, address);
      if (state !== 'erased')
        await requireConfirmation(io, `Erase a reader who is ${state}, for ever?`, options.yes);
      await eraseSubscriber(ledger, key, ledger.now().toISOString());
      io.out(options.json ? `${JSON.stringify({ key, before: state })}\n` : 'The reader is erased.\n');
    });
};
