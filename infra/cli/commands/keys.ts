import type { Command } from 'commander';
import type { Io } from '../output/io.ts';
import { addKeysRotate } from './keys-rotate.ts';

/** `seedpress keys …`: the secrets that sign the links in mails. */
export const addKeys = (program: Command, io: Io): void => {
  const keys = program
    .command('keys')
    .description('replace the secret that signs the links in mails')
    .addHelpText('after', '\nExample:\n  npx seedpress keys rotate');
  addKeysRotate(keys, io);
};
