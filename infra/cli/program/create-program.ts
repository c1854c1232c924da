import { Command } from 'commander';
import project from '../../../package.json' with { type: 'json' };
import type { Io } from '../output/io.ts';
import { defineIssueCommands } from './define-issue-commands.ts';
import { defineMaintenanceCommands } from './define-maintenance-commands.ts';
import { defineOverviewCommands } from './define-overview-commands.ts';
import { definePublishingCommands } from './define-publishing-commands.ts';
import { defineSetupCommands } from './define-setup-commands.ts';
import { defineSubscriberCommands } from './define-subscriber-commands.ts';

/** The code of a command is imported when it runs, so that help and wrong usage are answered at once. */
const printLines = (print: Io['out']) => (text: string) => print(...text.replace(/\n$/, '').split('\n'));

export const createProgram = (io: Io): Command => {
  const program = new Command('seedpress')
    .description('Manage a publication: the local run that npm start started, or a stack on AWS.')
    .option('--stack <name>', 'a stack on AWS (default: SEEDPRESS_STACK, or Seedpress)')
    .option('--local', 'the local run with its data in .seedpress')
    .option('--data <folder>', 'the local run with its data in this folder')
    .option('--json', 'print one JSON document')
    .option('--verbose', 'show where an error comes from')
    .version(project.version, '--version', 'show the version')
    .helpOption('-h, --help', 'show help')
    .addHelpText('after', '\nExit codes: 0 done, 1 failed, 2 wrong usage, 3 not found.')
    .exitOverride()
    .configureOutput({ writeOut: printLines(io.out), writeErr: printLines(io.err) });
  defineSetupCommands(program.commandsGroup('Set up and run:'), io);
  defineOverviewCommands(program.commandsGroup('See what is going on:'), io);
  definePublishingCommands(program.commandsGroup('Publish:'), io);
  defineIssueCommands(program.commandsGroup('Send the newsletter:'), io);
  defineSubscriberCommands(program, io);
  defineMaintenanceCommands(program.commandsGroup('Maintain:'), io);
  program.addHelpCommand(
    new Command('help').argument('[command]').description('Show the help of a command').helpGroup('Maintain:'),
  );
  return program;
};
