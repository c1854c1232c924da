import type { Command } from 'commander';
import type { Io } from '../output/io.ts';
import { addSubscribersErase } from './subscribers-erase.ts';
import { addSubscribersExport } from './subscribers-export.ts';
import { addSubscribersImport } from './subscribers-import.ts';
import { addSubscribersList } from './subscribers-list.ts';
import { addSubscribersShow } from './subscribers-show.ts';

/** `seedpress subscribers …`: the list of readers. */
export const addSubscribers = (program: Command, io: Io): void => {
  const subscribers = program
    .command('subscribers')
    .description('list, show, import, export or erase readers')
    .addHelpText('after', '\nExample:\n  npx seedpress subscribers list');
  for (const add of [
    ...[addSubscribersList, addSubscribersShow, addSubscribersImport],
    ...[addSubscribersExport, addSubscribersErase],
  ])
    add(subscribers, io);
};
