import { connect, type GlobalOptions } from '../connection/connect.ts';
import { createCliServices } from '../connection/create-cli-services.ts';
import { formatKeyRotation, planKeyRotation } from '../keys/plan-key-rotation.ts';
import { CliError } from '../output/cli-error.ts';
import type { Io } from '../output/io.ts';
import { printResult } from '../output/print-result.ts';
import { requireConfirmation } from '../output/require-confirmation.ts';

interface Options extends GlobalOptions {
  readonly yes?: boolean;
  readonly leaked?: boolean;
}

export const runKeysRotate = async (options: Options, io: Io): Promise<void> => {
  const { tokenKeys } = createCliServices(await connect(options, io));
  const plan = planKeyRotation((await tokenKeys.getOrCreate()).keys, options.leaked === true);
  io.err(`${formatKeyRotation(plan).join('\n')}\n`);
  await requireConfirmation(io, 'Rotate the keys?', options.yes);
  if (!(await tokenKeys.rotate(plan.maxKeys)))
    throw new CliError('Somebody else rotated the keys at the same time: look again.');
  const [newest] = (await tokenKeys.getOrCreate()).keys;
  const { id, createdAt } = newest ?? {};
  const { kept, revoked } = plan;
  printResult(io, options, { newest: { id, createdAt }, kept, revoked }, `Key ${id} signs from now on.\n`);
};
