import { Argument, type Command, Option } from 'commander';
import type { Cadence } from '../../../functions/core/publication.ts';
import type { Io } from '../output/io.ts';
import { createActions } from './create-actions.ts';
import { formatExamples } from './format-examples.ts';
import { parseIssueName, parseLimit, parseMailAddress } from './parse-arguments.ts';

/** Written out: the module of the publication's settings takes long to load. */
const cadenceChoices = ['immediately', 'daily', 'weekly', 'monthly'] satisfies readonly Cadence[];

const createCadenceArgument = () => new Argument('<cadence>', 'which digest').choices(cadenceChoices);
const createCadenceOption = (description: string) =>
  new Option('--cadence <cadence>', description).choices(cadenceChoices);

export const defineIssueCommands = (program: Command, io: Io): void => {
  const { run, runWith } = createActions(io);
  program
    .command('issues')
    .description('List the latest issues and what became of their copies')
    .addOption(createCadenceOption('only those of one cadence'))
    .option('--limit <number>', 'show at most this many of each cadence', parseLimit, 5)
    .addHelpText(
      'after',
      `\nThe exit code is 1 if an issue does not add up.\n${formatExamples('issues --cadence weekly --limit 3')}`,
    )
    .action(run(async () => (await import('../commands/run-issues.ts')).runIssues));

  const issue = program
    .command('issue')
    .description('Preview, compose, edit, approve or discard an issue; hold and resume all sending')
    .addHelpText('after', formatExamples('issue preview daily'));

  issue
    .command('preview')
    .addArgument(createCadenceArgument())
    .description('Write the next issue as it would be now, as HTML, text and JSON; this changes nothing')
    .option('--out <folder>', 'where to write it (default: a new temporary folder)')
    .addHelpText('after', formatExamples('issue preview daily --out next-daily'))
    .action(runWith(async () => (await import('../commands/run-issue-preview.ts')).runIssuePreview));

  issue
    .command('compose')
    .addArgument(createCadenceArgument())
    .description('Compose the next issue and mail it now, as the schedule would')
    .option('--at <time>', "date it by this time in the publication's zone, such as 2026-12-01T07:00")
    .option('--no-wait', 'do not wait until it is sent')
    .option('--yes', 'do not ask')
    .addHelpText('after', `\nSending continues if you stop the command.\n${formatExamples('issue compose daily')}`)
    .action(runWith(async () => (await import('../commands/run-issue-compose.ts')).runIssueCompose));

  issue
    .command('edit')
    .argument('<name>', 'the issue, such as weekly-12', parseIssueName)
    .description('Edit an issue that waits for approval, and print what it will be; without options it only prints')
    .option('--subject <text>', 'its subject; empty: made of the first headline')
    .option('--introduction <file>', 'a file with the Markdown that stands above the articles')
    .option('--leave-out <keys...>', 'the seeds whose articles wait for the next issue')
    .option('--order <keys...>', 'the seeds whose articles come first, in this order')
    .option('--reset', 'forget what was edited before')
    .addHelpText('after', formatExamples('issue edit weekly-12 --introduction hello.md --leave-out ferry.md'))
    .action(runWith(async () => (await import('../commands/run-issue-edit.ts')).runIssueEdit));

  issue
    .command('approve')
    .argument('<name>', 'the issue, such as daily-12', parseIssueName)
    .description('Send an issue that waits for approval, like the button in its preview mail')
    .addHelpText('after', formatExamples('issue approve daily-12'))
    .action(runWith(async () => (await import('../commands/run-issue-decision.ts')).runIssueApprove));

  issue
    .command('discard')
    .argument('<name>', 'the issue, such as daily-12', parseIssueName)
    .description('Drop an issue that waits for approval; its articles wait for the next one')
    .addHelpText('after', formatExamples('issue discard daily-12'))
    .action(runWith(async () => (await import('../commands/run-issue-decision.ts')).runIssueDiscard));

  issue
    .command('hold')
    .description('Hold all sending of issues, as too many bounces do; issues are still composed')
    .option('--reason <text>', 'why, for others who look', 'held by the operator')
    .addHelpText('after', formatExamples('issue hold --reason "wrong picture in daily-12"'))
    .action(run(async () => (await import('../commands/run-issue-hold.ts')).runIssueHold));

  issue
    .command('resume')
    .description('Show recent bounces and complaints, and continue sending where it stopped')
    .option('--yes', 'do not ask')
    .addHelpText('after', formatExamples('issue resume --yes'))
    .action(run(async () => (await import('../commands/run-issue-hold.ts')).runIssueResume));

  program
    .command('send-test')
    .argument('<address>', 'who gets it', parseMailAddress)
    .description('Mail the next issue, or an earlier one, to one address as a test; no record is kept')
    .option('--issue <name>', 'an issue that was composed, such as daily-12', parseIssueName)
    .addOption(createCadenceOption('the next issue of this cadence'))
    .addHelpText('after', formatExamples('send-test editor@news.example --issue daily-12'))
    .action(runWith(async () => (await import('../commands/run-send-test.ts')).runSendTest));
};
