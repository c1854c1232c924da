import { CliError, exitCodes } from './cli-error.ts';
import type { Io } from './io.ts';

/**
 * Asks before something that cannot be undone, unless `--yes` was given.
 * @throws {CliError} unless the answer is yes; with exit code 2 where there is no terminal to ask on
 */
export const requireConfirmation = async (io: Io, question: string, yes: boolean | undefined): Promise<void> => {
  if (yes) return;
  if (!io.ask)
    throw new CliError('Nothing was changed: there is no terminal to ask on. Add --yes to do it.', exitCodes.usage);
  const answer = await io.ask(`${question} [y/N] `);
  if (!/^\s*y(es)?\s*$/i.test(answer)) throw new CliError('Nothing was changed.');
};
