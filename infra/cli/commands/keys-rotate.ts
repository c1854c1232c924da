import type { Command } from 'commander';
import { type ConnectOptions, connect } from '../connection/connect.ts';
import { createCliServices } from '../connection/create-cli-services.ts';
import { formatKeyRotation, planKeyRotation } from '../keys/plan-key-rotation.ts';
import { CliError } from '../output/cli-error.ts';
import type { Io } from '../output/io.ts';
import { requireConfirmation } from '../output/require-confirmation.ts';

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
      const { tokenKeys } = createCliServices(await connect(options, io));
      const {
        maxKeys: most,
        kept: stay,
        revoked: go,
      } = planKeyRotation((await tokenKeys.getOrCreate()).keys, options.leaked === true);
      io.err(`${formatKeyRotation({ maxKeys: most, kept: stay, revoked: go }).join('\n')}\n`);
      await requireConfirmation(io, 'Rotate the keys?', options.yes);
      if (!(await tokenKeys.rotate(most)))
        throw new CliError('Somebody else rotated the keys at the same time: look again.');
      const [newest] = (await tokenKeys.getOrCreate()).keys;
      const { id, createdAt: since } = newest ?? {};
      if (options.json) io.out(`${JSON.stringify({ newest: { id, since }, kept: stay, revoked: go })}\n`);
      else io.out(`Key ${id} signs from now on.\n`);
    });
};
