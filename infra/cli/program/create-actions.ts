import type { Command } from 'commander';
import type { GlobalOptions, Io } from '../output/io.ts';

/** Actions whose code is imported when they run, so that help and wrong usage are answered at once. */
export const createActions = (io: Io) => ({
  run:
    <Options extends GlobalOptions>(load: () => Promise<(options: Options, io: Io) => Promise<void>>) =>
    async (_options: unknown, command: Command): Promise<void> =>
      (await load())(command.optsWithGlobals<Options>(), io),
  /** For a command with an argument. */
  runWith:
    <Argument, Options extends GlobalOptions>(
      load: () => Promise<(argument: Argument, options: Options, io: Io) => Promise<void>>,
    ) =>
    async (argument: Argument, _options: unknown, command: Command): Promise<void> =>
      (await load())(argument, command.optsWithGlobals<Options>(), io),
});
