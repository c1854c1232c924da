import { CommanderError } from 'commander';
import { CliError, exitCodes } from './output/cli-error.ts';
import { createIo, type Terminal } from './output/io.ts';
import { createProgram } from './program/create-program.ts';

export const runCli = async (args: readonly string[], terminal: Terminal): Promise<number> => {
  const io = createIo(terminal);
  try {
    await createProgram(io).parseAsync([...args], { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    // Commander has printed it already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    io.err(...formatFailure(error, args.includes('--verbose')));
    return error instanceof CliError ? error.exitCode : exitCodes.failed;
  }
};

const formatFailure = (error: unknown, verbose: boolean): readonly string[] => {
  if (!(error instanceof Error)) return [String(error)];
  if (verbose) return (error.stack ?? error.message).split('\n');
  if (error.message === 'Region is missing')
    return ['There is no local run, and no AWS region to find a stack in: run npm start, or set AWS_REGION.'];
  return error instanceof CliError ? error.lines : [error.message];
};
