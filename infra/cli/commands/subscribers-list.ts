import type { Command } from 'commander';
import { type ConnectOptions, connect } from '../connection/connect.ts';
import { createCliServices } from '../connection/create-cli-services.ts';
import { formatTable } from '../output/format-table.ts';
import type { Io } from '../output/io.ts';
import { countSubscribers, type ListedSubscriber, listSubscribers } from '../subscribers/list-subscribers.ts';
import type { SubscriberState } from '../subscribers/subscriber-states.ts';
import { parseSubscriberState } from './arguments.ts';

type Options = ConnectOptions & { json?: boolean; state?: SubscriberState; addresses?: boolean };

/** `seedpress subscribers list`: how many readers there are, or who. */
export const addSubscribersList = (subscribers: Command, io: Io): void => {
  subscribers
    .command('list')
    .description('count the readers by state, or list those in one; reads the whole table, articles and all')
    .option(
      '--state <state>',
      'list who is in it: active, pending, unsubscribed, bounced, complained, erased',
      parseSubscriberState,
    )
    .option('--addresses', 'with whole addresses, which are else masked')
    .addHelpText('after', '\nExample:\n  npx seedpress subscribers list --state bounced')
    .action(async (_options: unknown, command: Command) => {
      const { state, addresses = false, json, ...rest } = command.optsWithGlobals<Options>();
      const ledger = createCliServices(await connect(rest, io));
      if (state === undefined) {
        const counts = await countSubscribers(ledger);
        const rows = Object.entries(counts).map(([name, count]) => [name, String(count)]);
        io.out(json ? `${JSON.stringify(counts)}\n` : formatTable(rows));
        return;
      }
      let count = 0;
      if (json) io.out('[');
      for await (const each of listSubscribers(ledger, { state, addresses })) {
        io.out(json ? `${count > 0 ? ',' : ''}${JSON.stringify(each)}` : formatLine(each));
        count += 1;
      }
      if (json) io.out(']\n');
      else if (count === 0) io.err(`Nobody is ${state}.\n`);
    });
};

const formatLine = ({ since, cadence = '', email, key }: ListedSubscriber): string =>
  `${since}  ${cadence.padEnd('weekly'.length)}  ${email ?? key}\n`;
