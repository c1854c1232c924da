import { runLocal } from '../../local/run-local.ts';
import { type StartFlags, toStartOptions, UsageError } from '../../local/start-options.ts';
import { findPublicationFolder } from '../../publication-folder/find-publication-folder.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import type { GlobalOptions, Io } from '../output/io.ts';

export const runStart = async (options: GlobalOptions & StartFlags, io: Io): Promise<void> => {
  const folder = findPublicationFolder();
  try {
    await runLocal(toStartOptions(options, io.environment, folder), folder);
  } catch (error) {
    if (error instanceof UsageError) throw new CliError(error.message, exitCodes.usage, { cause: error });
    throw error;
  }
};
