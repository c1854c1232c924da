import type { Command } from 'commander';
import { type ConnectOptions, connect } from '../connection/connect.ts';
import { createCliServices } from '../connection/create-cli-services.ts';
import { formatTable } from '../output/format-table.ts';
import type { Io } from '../output/io.ts';
import { findSubscriber } from '../subscribers/find-subscriber.ts';
import { parseMailAddress } from './arguments.ts';

/** `seedpress subscribers show`: all that is known of one reader. */
export const addSubscribersShow = (subscribers: Command, io: Io): void => {
  subscribers
    .command('show')
    .argument('<address>', 'of the reader', parseMailAddress)
    .description('tell all that the list has of a reader; logs name them by the key')
    .addHelpText('after', '\nExample:\n  npx seedpress subscribers show ada@reader.example')
    .action(async (address: string, _options: unknown, command: Command) => {
      const options = command.optsWithGlobals<ConnectOptions & { json?: boolean }>();
      const found = await findSubscriber(createCliServices(await connect(options, io)), address);
      const rows = Object.entries(found).map(([name, value]) => [name, String(value)]);
      io.out(options.json ? `${JSON.stringify(found)}\n` : formatTable(rows));
    });
};
