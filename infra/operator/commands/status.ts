import type { Command } from 'commander';
import { type ConnectOptions, connect } from '../connect.ts';
import type { Io } from '../io.ts';
import { formatStatus } from '../status/format-status.ts';
import { readStatus } from '../status/gather-status.ts';

/** `seedpress status`: what a publication is at. */
export const addStatus = (program: Command, io: Io): void => {
  program
    .command('status')
    .description('tell what was published, what waits and what failed')
    .addHelpText('after', '\nExample:\n  npx seedpress status --json')
    .action(async (_options: unknown, command: Command) => {
      const options = command.optsWithGlobals<ConnectOptions & { json?: boolean }>();
      const status = await readStatus(await connect(options, io));
      io.out(options.json ? `${JSON.stringify(status)}\n` : formatStatus(status));
    });
};
