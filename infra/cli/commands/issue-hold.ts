import type { Command } from 'commander';
import { type ConnectOptions, connect } from '../connection/connect.ts';
import { createCliServices } from '../connection/create-cli-services.ts';
import type { Io } from '../output/io.ts';

type Options = ConnectOptions & { json?: boolean; reason: string };

/** `seedpress issue hold`: no copy of any issue leaves until it is resumed. */
export const addIssueHold = (issue: Command, io: Io): void => {
  issue
    .command('hold')
    .description('hold all sending of issues, as too many bounces do; issues are still composed')
    .option('--reason <text>', 'why, for whoever looks', 'held by the operator')
    .addHelpText('after', '\nExample:\n  npx seedpress issue hold --reason "wrong picture in daily-12"')
    .action(async (_options: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const { rateLimit: pace, now } = createCliServices(await connect(options, io));
      await pace.pause(now().toISOString(), options.reason);
      const { paused } = await pace.get();
      if (options.json) io.out(`${JSON.stringify({ paused })}\n`);
      else io.out(`Sending stands still since ${paused?.at}: ${paused?.reason}\n`);
    });
};
