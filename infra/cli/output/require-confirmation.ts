import { CliError, exitCodes } from './cli-error.ts';
import type { Io } from './io.ts';

export const requireConfirmation = async (io: Io, question: string, yes: boolean | undefined): Promise<void> => {
  if (yes) return;
  if (!io.ask)
    throw new CliError('Nothing was changed: there is no terminal to ask on. Add --yes to do it.', exitCodes.usage);
  const answer = await io.ask(`${question} [y/N] `);
  if (!/^\s*y(es)?\s*$/i.test(answer)) throw new CliError('Nothing was changed.');
};
