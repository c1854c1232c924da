import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type ConnectOptions, connect } from '../connect.ts';
import { exitCodes, OperatorError } from '../failures.ts';
import type { Io } from '../io.ts';
import { formatPlan } from '../moving/format-plan.ts';
import { importExport } from '../moving/import-export.ts';
import { isExport } from '../moving/read-export.ts';

type Options = ConnectOptions & { json?: boolean; yes?: boolean; dryRun?: boolean };

const help = `
An import announces nothing and touches nothing that is there. Broken off and run again, it does the rest.

Example:
  npx seedpress import ../harbour-2026-11-26`;

/** `seedpress import`: a publication from a folder. */
export const addImport = (program: Command, io: Io): void => {
  program
    .command('import')
    .argument('<folder>', 'what export wrote')
    .description('take an exported publication in, after telling what would come of it')
    .option('--dry-run', 'change nothing')
    .option('--yes', 'do not ask')
    .addHelpText('after', help)
    .action(async (folder: string, _options: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const from = resolve(folder);
      if (!isExport(from)) throw new OperatorError(`${folder} is no export.`, exitCodes.notFound);
      const plan = await importExport(await connect(options, io), from, io, options);
      io.out(
        options.json ? `${JSON.stringify({ dryRun: options.dryRun === true, ...plan })}\n` : formatPlan(plan),
      );
    });
};
