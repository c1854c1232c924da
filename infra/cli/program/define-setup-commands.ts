import { type Command, Option } from 'commander';
import type { Io } from '../output/io.ts';
import { createActions } from './create-actions.ts';
import { formatExamples } from './format-examples.ts';

const initHelp = `
The folder gets the settings (publication.json), two sample articles and drafts of imprint and privacy page (seeds/), a
place for your design (theme/), a README and a workflow for GitHub that deploys. It must be new or empty.
${formatExamples('init my-paper', 'init my-paper --title "My Paper" --language pt')}`;

const startHelp = `
In a checkout of Seedpress, npm start does this, with options after --: npm start -- --ses-sandbox
${formatExamples('start', 'start --site-port 8081', 'start --ses-sandbox')}`;

const deployHelp = `
This is cdk deploy for the publication of this folder. Options of cdk deploy follow after --.
${formatExamples('deploy', 'deploy --stage dev', 'deploy -- --require-approval never')}`;

export const defineSetupCommands = (program: Command, io: Io): void => {
  const { run, runWith } = createActions(io);
  program
    .command('init')
    .argument('<folder>', 'a new folder, whose name becomes the id of the publication')
    .description('Create the folder of a publication of your own')
    .option('--title <title>', "its name (default: from the folder's name)")
    .option('--language <tag>', 'its language, such as en or pt-BR (default: en)')
    .option('--time-zone <zone>', 'its time zone, such as Europe/Lisbon (default: that of this machine)')
    .option('--publisher <name>', 'the person or company behind it, for imprint and privacy page')
    .option('--address <address>', 'the postal address of the publisher')
    .option('--email <address>', 'where the publisher reads mail, and sends the issues from')
    .option('--seedpress <package>', 'where npm finds Seedpress: a version, a tarball or a folder')
    .addHelpText('after', initHelp)
    .action(runWith(async () => (await import('../commands/run-init.ts')).runInit));

  program
    .command('start')
    .description('Run the publication on this machine, and publish its seeds as you edit them')
    .option('--seeds <folder>', 'the folder to publish (default: seeds)')
    .option('--site-port <port>', 'of the site (default: 8080, or SEEDPRESS_SITE_PORT)')
    .option('--s3-port <port>', 'of the S3 endpoint (default: 9000, or SEEDPRESS_S3_PORT)')
    .option('--inbox-port <port>', 'of the inbox of all mails (default: 8025, or SEEDPRESS_INBOX_PORT)')
    .option('--ses-sandbox', 'SES as in a new account: one mail a second, 200 a day, to verified addresses only')
    .option('--ses-rate <number>', 'mails a second that SES takes (default: 14)')
    .option('--ses-quota <number>', 'mails a day that SES takes (default: 50000)')
    .addOption(new Option('--port <port>', 'another name of --site-port').hideHelp())
    .addHelpText('after', startHelp)
    .action(run(async () => (await import('../commands/run-start.ts')).runStart));

  program
    .command('deploy')
    .argument('[options...]', 'options of cdk deploy')
    .description('Deploy the publication to AWS')
    .option('--stage <name>', 'another stage than prod')
    .addHelpText('after', deployHelp)
    .action(runWith(async () => (await import('../commands/run-cdk.ts')).runDeploy));

  // For `app` in cdk.json, so that cdk can be called in the folder of a publication.
  program
    .command('synth', { hidden: true })
    .description('Synthesize the CDK app of the publication')
    .addHelpText('after', formatExamples('synth'))
    .action(run(async () => (await import('../commands/run-cdk.ts')).runSynth));
};
