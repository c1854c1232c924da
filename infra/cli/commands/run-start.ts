import { runLocal } from '../../local/run-local.ts';
import { type StartFlags, toStartOptions, UsageError } from '../../local/start-options.ts';
import { findPublicationFolder } from '../../publication-folder/find-publication-folder.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import type { GlobalOptions, Io } from '../output/io.ts';

interface Options extends GlobalOptions {
  readonly seeds?: string;
  readonly sitePort?: string;
  readonly s3Port?: string;
  readonly inboxPort?: string;
}

const toFlags = ({ data, seeds, sitePort, s3Port, inboxPort }: Options): StartFlags => ({
  ...(data !== undefined && { data }),
  ...(seeds !== undefined && { seeds }),
  ...(sitePort !== undefined && { 'site-port': sitePort }),
  ...(s3Port !== undefined && { 's3-port': s3Port }),
  ...(inboxPort !== undefined && { 'inbox-port': inboxPort }),
});

export const runStart = async (options: Options, io: Io): Promise<void> => {
  const folder = findPublicationFolder();
  try {
    await runLocal(toStartOptions(toFlags(options), io.environment, folder), folder);
  } catch (error) {
    if (error instanceof UsageError) throw new CliError(error.message, exitCodes.usage, { cause: error });
    throw error;
  }
};
