import { CliError, exitCodes } from './cli-error.ts';
import type { Io } from './io.ts';

/**
 * Lets the operator think again before something is done that cannot be undone, unless `--yes` was given.
 * @throws {CliError} unless the answer is yes
 */
export const requireConfirmation = async (
  io: Io,
  question: string,
  yes: boolean | undefined,
): Promise<void> => {
  if (yes) return;
  if (!io.ask) throw new CliError('Nothing was changed: say --yes to have it done.', exitCodes.usage);
  const answer = await io.ask(`${question} [y/N] `);
  if (!/^\s*y(es)?\s*$/i.test(answer)) throw new CliError('Nothing was changed.');
};
