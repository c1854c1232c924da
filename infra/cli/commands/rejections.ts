import type { Command } from 'commander';
import { type ConnectOptions, connect } from '../connection/connect.ts';
import { createCliServices } from '../connection/create-cli-services.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import { formatTable } from '../output/format-table.ts';
import type { Io } from '../output/io.ts';
import { listRejections, readRejection } from '../rejections/read-rejections.ts';

/** `seedpress rejections`: which seeds are refused, and why. */
export const addRejections = (program: Command, io: Io): void => {
  program
    .command('rejections')
    .argument('[key]', 'a seed, whose report is printed')
    .description('list the seeds that are refused, or print the report on one')
    .addHelpText('after', '\nExample:\n  npx seedpress rejections notes/story.md')
    .action(async (key: string | undefined, _options: unknown, command: Command) => {
      const options = command.optsWithGlobals<ConnectOptions & { json?: boolean }>();
      const services = createCliServices(await connect(options, io));
      if (key === undefined) {
        const found = await listRejections(services);
        if (options.json) io.out(`${JSON.stringify(found)}\n`);
        else if (found.length === 0) io.err('No seed is refused.\n');
        else io.out(formatTable(found.map((each) => [each.reported, each.key])));
        return;
      }
      const report = await readRejection(services, key);
      if (report === undefined) throw new CliError(`${key} is not refused.`, exitCodes.notFound);
      io.out(options.json ? `${JSON.stringify({ key, report })}\n` : `${report.trimEnd()}\n`);
    });
};
