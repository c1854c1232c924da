import type { Command } from 'commander';
import type { Io } from '../output/io.ts';
import { createActions } from './create-actions.ts';
import { formatExamples } from './format-examples.ts';

const publishHelp = `
A folder is uploaded with everything in it that is not hidden; keys begin within the folder. If one file cannot be
published because of its name or size, nothing is uploaded. The exit code is 1 if a file is refused.
${formatExamples('publish harbour.md harbour.jpg --prefix 2026', 'publish - --as notes/today.txt < today.txt')}`;

const withdrawHelp = `
The page disappears, lists and feeds no longer have the article, and feed readers that know Atom tombstones remove it.
Issues that were sent keep it. If you upload it again under its key, it returns with its id, address and date:
npx seedpress publish FILE --as KEY
${formatExamples('withdraw notes/story.md')}`;

export const definePublishingCommands = (program: Command, io: Io): void => {
  const { runWith } = createActions(io);
  program
    .command('publish')
    .argument('<file...>', 'seeds and pictures, folders of them, or - for standard input')
    .description('Upload seeds and pictures, and wait until each is published, scheduled or refused')
    .option('--as <key>', "the key in the seeds bucket, instead of the file's name")
    .option('--prefix <folder>', 'put them into this folder of the seeds bucket')
    .option('--no-wait', 'do not wait for the result')
    .addHelpText('after', publishHelp)
    .action(runWith(async () => (await import('../commands/run-publish.ts')).runPublish));

  program
    .command('withdraw')
    .argument('<key...>', 'keys in the seeds bucket')
    .description('Delete seeds or pictures, and wait until they are off the site')
    .option('--yes', 'do not ask')
    .addHelpText('after', withdrawHelp)
    .action(runWith(async () => (await import('../commands/run-withdraw.ts')).runWithdraw));
};
