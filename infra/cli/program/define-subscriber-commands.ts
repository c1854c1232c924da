import { type Command, Option } from 'commander';
import type { Cadence } from '../../../functions/core/publication.ts';
import type { Io } from '../output/io.ts';
import type { SubscriberState } from '../subscribers/list-subscribers.ts';
import { leftStates } from '../subscribers/status-words.ts';
import { createActions } from './create-actions.ts';
import { formatExamples } from './format-examples.ts';
import { parseMailAddress } from './parse-arguments.ts';

const mailableStates = ['active', 'pending', 'unsubscribed', 'bounced', 'complained'] satisfies SubscriberState[];

const cadenceChoices = ['immediately', 'daily', 'weekly', 'monthly'] satisfies Cadence[];

const importHelp = `
The lists of Mailchimp, Ghost, Substack, Buttondown, beehiiv, Kit, Curated, listmonk, Keila, MailerLite and of the
WordPress plugins Newsletter and MailPoet are known by their headings. For a list of your own:
  email         the address
  cadence       immediately, daily, weekly or monthly; otherwise that of --cadence
  status        active (or empty), unsubscribed, bounced, complained
  confirmed at  when they consented, such as 2024-06-05 or 2024-06-05T10:00:00Z; otherwise --confirmed-at
  consent       how they consented, in words; otherwise that of --consent
  paused        yes, for those who want no issue at the moment

Any sign that somebody left keeps them off: a column such as unsubscribed_at, a status, or the name of the file. New
subscribers are added if the file says when they consented, and it or --consent says how; those who left elsewhere are
taken off. Nothing else changes: those who unsubscribed here stay unsubscribed. You can run an interrupted import again.
${formatExamples('subscribers import readers.csv --consent "Signed up on the old site"')}`;

export const defineSubscriberCommands = (program: Command, io: Io): void => {
  const { run, runWith } = createActions(io);
  const subscribers = program
    .command('subscribers')
    .description('List, show, change, import, export or erase subscribers')
    .addHelpText('after', formatExamples('subscribers list'));

  subscribers
    .command('list')
    .description('Count subscribers by state, or list those in one state; this reads the whole table')
    .addOption(new Option('--state <state>', 'list those in this state').choices([...mailableStates, 'erased']))
    .option('--addresses', 'show whole addresses, which are masked otherwise')
    .addHelpText('after', formatExamples('subscribers list --state bounced'))
    .action(run(async () => (await import('../commands/run-subscribers-list.ts')).runSubscribersList));

  subscribers
    .command('show')
    .argument('<address>', "the subscriber's address", parseMailAddress)
    .description('Show everything that is recorded of a subscriber, with the key that stands for them in logs')
    .addHelpText('after', formatExamples('subscribers show ada@reader.example'))
    .action(runWith(async () => (await import('../commands/run-subscribers-show.ts')).runSubscribersShow));

  subscribers
    .command('set')
    .argument('<address>', "the subscriber's address", parseMailAddress)
    .description('Change what an active subscriber chose, for one who asks you to')
    .addOption(new Option('--cadence <cadence>', 'how often they get an issue').choices(cadenceChoices))
    .option('--topics <names>', 'topics that the settings offer, separated by commas, or all')
    .option('--pause-until <day>', 'the first day after a break, such as 2026-12-05')
    .option('--resume', 'end a break now')
    .addHelpText(
      'after',
      formatExamples(
        'subscribers set ada@reader.example --cadence weekly',
        'subscribers set ada@reader.example --topics "Harbour,Sport"',
      ),
    )
    .action(runWith(async () => (await import('../commands/run-subscribers-set.ts')).runSubscribersSet));

  subscribers
    .command('import')
    .argument(
      '<file>',
      'a CSV file with headings, separated by comma, semicolon or tab, or a ZIP archive of such files',
    )
    .description('Add subscribers from a CSV file, after showing what will change')
    .option('--consent <text>', 'how those consented whose row does not say so')
    .option('--confirmed-at <date>', 'when those consented whose row does not say so')
    .addOption(
      new Option('--status <status>', 'of everybody in a file that does not say who is still subscribed').choices([
        'active',
        ...leftStates,
      ]),
    )
    .addOption(new Option('--cadence <cadence>', 'for rows that name none').choices(cadenceChoices))
    .option('--report <file>', 'where to write the refused rows with the reason (default: FILE.refused.csv)')
    .option('--dry-run', 'show what will change, and change nothing')
    .option('--yes', 'do not ask')
    .addHelpText('after', importHelp)
    .action(runWith(async () => (await import('../commands/run-subscribers-import.ts')).runSubscribersImport));

  subscribers
    .command('export')
    .argument('<file>', 'a new CSV file, which only you can read')
    .description('Write subscribers with their addresses into a CSV file, which import accepts')
    .addOption(new Option('--state <state>', 'only those in this state').choices(mailableStates))
    .addHelpText(
      'after',
      `\nThis reads the whole table.\n${formatExamples('subscribers export readers.csv --state active')}`,
    )
    .action(runWith(async () => (await import('../commands/run-subscribers-export.ts')).runSubscribersExport));

  subscribers
    .command('erase')
    .argument('<address>', "the subscriber's address", parseMailAddress)
    .description('Erase a subscriber; only a keyed hash stays, so that an import cannot bring them back')
    .option('--yes', 'do not ask')
    .addHelpText('after', formatExamples('subscribers erase ada@reader.example'))
    .action(runWith(async () => (await import('../commands/run-subscribers-show.ts')).runSubscribersErase));

  subscribers
    .command('restore-erasures')
    .description('Erase again whom a table restored from a backup has back')
    .addHelpText(
      'after',
      `\nRun it after every restore, before issues are sent. It spares those who signed up again since.\n${formatExamples('subscribers restore-erasures')}`,
    )
    .action(run(async () => (await import('../commands/run-subscribers-show.ts')).runSubscribersRestoreErasures));
};
