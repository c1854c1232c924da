import { Command, CommanderError } from 'commander';
import { addArticles } from './commands/articles.ts';
import { addCost } from './commands/cost.ts';
import { addDoctor } from './commands/doctor.ts';
import { addExport } from './commands/export.ts';
import { addImport } from './commands/import.ts';
import { addIssue } from './commands/issue.ts';
import { addIssues } from './commands/issues.ts';
import { addKeys } from './commands/keys.ts';
import { addPublish } from './commands/publish.ts';
import { addRebuild } from './commands/rebuild.ts';
import { addRedrive } from './commands/redrive.ts';
import { addRejections } from './commands/rejections.ts';
import { addSendTest } from './commands/send-test.ts';
import { addStatus } from './commands/status.ts';
import { addSubscribers } from './commands/subscribers.ts';
import { addWithdraw } from './commands/withdraw.ts';
import { CliError, exitCodes } from './output/cli-error.ts';
import type { Io } from './output/io.ts';

const programDescription = `What the operator of a publication does, deployed or on this machine.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not found.`;

/** Every command, one a line. */
const commands = [
  addArticles,
  addCost,
  addDoctor,
  addExport,
  addImport,
  addIssue,
  addIssues,
  addKeys,
  addPublish,
  addRebuild,
  addRedrive,
  addRejections,
  addSendTest,
  addStatus,
  addSubscribers,
  addWithdraw,
];

/** The whole of `npx seedpress`, with nothing done yet. */
export const createProgram = (io: Io): Command => {
  const program = new Command('seedpress')
    .description(programDescription)
    .option('--stack <name>', 'the deployed stack to talk to (SEEDPRESS_STACK, or Seedpress)')
    .option('--local', 'talk to the local run that npm start began')
    .option('--data <dir>', 'talk to the local run that keeps its data there')
    .option('--json', 'print one JSON document')
    .option('--verbose', 'tell where a failure came from')
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err });
  for (const add of commands) add(program, io);
  return program;
};

/**
 * Runs one command of `npx seedpress`.
 * @returns its exit code; failures were told on `io.err` by then
 */
export const runCli = async (args: readonly string[], io: Io): Promise<number> => {
  try {
    await createProgram(io).parseAsync([...args], { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    // Commander has said it already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    io.err(`${formatError(error, args.includes('--verbose'))}\n`);
    return error instanceof CliError ? error.exitCode : exitCodes.failed;
  }
};

const formatError = (error: unknown, verbose: boolean): string => {
  if (!(error instanceof Error)) return String(error);
  if (verbose) return error.stack ?? error.message;
  if (error.message === 'Region is missing')
    return 'No local run, and no AWS region to look for a stack in: set AWS_REGION, or run npm start.';
  return error.message;
};
