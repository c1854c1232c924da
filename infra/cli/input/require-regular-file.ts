import { stat } from 'node:fs/promises';
import { CliError, exitCodes } from '../output/cli-error.ts';

/** Pipes and devices may never end, and cannot be read twice. @throws {CliError} unless it is a file of bounded size */
export const requireRegularFile = async (path: string, maxBytes = Number.POSITIVE_INFINITY): Promise<void> => {
  const found = await stat(path).catch((cause: unknown) => {
    throw new CliError(`${path} cannot be read.`, exitCodes.notFound, { cause });
  });
  if (!found.isFile()) throw new CliError(`${path} cannot be read: it is not a file.`);
  if (found.size > maxBytes) throw new CliError(`${path} is larger than ${maxBytes / 1024 / 1024} MB.`);
};
