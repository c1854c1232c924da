import type { Command } from 'commander';
import { type ConnectOptions, connect } from '../connect.ts';
import { OperatorError } from '../failures.ts';
import type { Io } from '../io.ts';
import { formatRotation, planRotation } from '../keys/plan-rotation.ts';
import { openLedger } from '../newsletter/open-ledger.ts';
import { confirm } from '../output/confirm.ts';

type Options = ConnectOptions & { json?: boolean; yes?: boolean; leaked?: boolean };

/** `seedpress keys rotate`: a new key signs the links in mails. */
export const addKeysRotate = (keys: Command, io: Io): void => {
  keys
    .command('rotate')
    .description('have a new key sign the links in mails; those by the two keys before it stay valid')
    .option('--leaked', 'forget all other keys at once: no link in a mail that has left works any more')
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  npx seedpress keys rotate')
    .action(async (_options: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const { tokenKeys } = openLedger(await connect(options, io));
      const { most, stay, go } = planRotation((await tokenKeys.get()).keys, options.leaked === true);
      io.err(`${formatRotation({ most, stay, go }).join('\n')}\n`);
      await confirm(io, 'Rotate the keys?', options.yes);
      if (!(await tokenKeys.rotate(most)))
        throw new OperatorError('Somebody else rotated the keys at the same time: look again.');
      const [newest] = (await tokenKeys.get()).keys;
      const { id, since } = newest ?? {};
      if (options.json) io.out(`${JSON.stringify({ newest: { id, since }, stay, go })}\n`);
      else io.out(`Key ${id} signs from now on.\n`);
    });
};
