import { CommanderError } from 'commander';
import { CliError, exitCodes } from './output/cli-error.ts';
import type { Io } from './output/io.ts';
import { createProgram } from './program/create-program.ts';

export const runCli = async (args: readonly string[], io: Io): Promise<number> => {
  try {
    await createProgram(io).parseAsync([...args], { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    // Commander has printed it already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    io.err(`${formatFailure(error, args.includes('--verbose'))}\n`);
    return error instanceof CliError ? error.exitCode : exitCodes.failed;
  }
};

const formatFailure = (error: unknown, verbose: boolean): string => {
  if (!(error instanceof Error)) return String(error);
  if (verbose) return error.stack ?? error.message;
  if (error.message === 'Region is missing')
    return 'There is no local run, and no AWS region to find a stack in: run npm start, or set AWS_REGION.';
  return error.message;
};
