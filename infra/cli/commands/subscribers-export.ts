import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { type ConnectOptions, connect } from '../connection/connect.ts';
import { createCliServices } from '../connection/create-cli-services.ts';
import { CliError } from '../output/cli-error.ts';
import { createProgressBar } from '../output/create-progress-bar.ts';
import type { Io } from '../output/io.ts';
import { exportSubscribers } from '../subscribers/export-subscribers.ts';
import type { SubscriberState } from '../subscribers/subscriber-states.ts';
import { parseSubscriberState } from './arguments.ts';

type Options = ConnectOptions & { json?: boolean; state?: SubscriberState };

/** `seedpress subscribers export`: the list of readers as a file. */
export const addSubscribersExport = (subscribers: Command, io: Io): void => {
  subscribers
    .command('export')
    .argument('<file>', 'a CSV file that is not there yet; none but its owner may read it')
    .description(
      'write the readers with their addresses into a CSV file, which import takes; reads the whole table',
    )
    .option(
      '--state <state>',
      'those in one state: active, pending, unsubscribed, bounced, complained',
      parseSubscriberState,
    )
    .addHelpText('after', '\nExample:\n  npx seedpress subscribers export readers.csv --state active')
    .action(async (file: string, _options: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      if (existsSync(file)) throw new CliError(`${file} is there already: name another file.`);
      const ledger = createCliServices(await connect(options, io));
      const line = createProgressBar(io);
      const show = (rows: number): void => line.show(0, `${rows} readers`);
      const rows = await exportSubscribers(ledger, { file, state: options.state, show }).finally(line.end);
      io.out(options.json ? `${JSON.stringify({ file, rows })}\n` : `${rows} readers are in ${file}.\n`);
    });
};
