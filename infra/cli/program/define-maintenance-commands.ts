import { Argument, type Command, Option } from 'commander';
import { importFormats } from '../import/detect-import-format.ts';
import { type Io, printResult } from '../output/io.ts';
import { buildCompletionScript, type CompletionShell, completionShells } from './build-completion-script.ts';
import { createActions } from './create-actions.ts';
import { formatExamples } from './format-examples.ts';
import { parseDuration, parseKeyPrefix, parseOldSite } from './parse-arguments.ts';

const rebuildHelp = `
Every seed is read again and every document of the site is written again, also those that somebody changed or deleted by
hand. Ids, addresses, dates and order stay the same; nothing is announced again and no issue is sent. Other files in the
site bucket stay. A rebuild that was interrupted can be run again.
${formatExamples('rebuild --dry-run')}`;

const restoreHelp = `
All sending and composing is held first, and stays held until "issue resume". With --from, what another table of the
account has, such as one that point-in-time recovery made, is copied into the publication's own; what was sent since
then stays recorded, and whoever has left since stays away. The internal bucket tells which articles the issues had, so
that none is mailed twice. Then the site is rebuilt from the seeds bucket. It can be run again.
${formatExamples('restore --from Seedpress-restored')}`;

const exportHelp = `
The folder gets the articles as Markdown with their pictures, the settings, the subscribers, the issues, and the site as
it is. "import" makes the same publication from it elsewhere. It contains addresses of subscribers and the keys that sign
links in mails: keep it as safe as passwords. This reads the whole table.
${formatExamples('export ../harbour-2026-11-26')}`;

const importHelp = `
These sources are recognized by their content:
  what "export" wrote: a whole publication, with subscribers and issues
  feed        the file of an RSS, Atom or JSON feed, or Blogger's export
  wordpress   an export (Tools, Export, All content)
  ghost       an export (Settings, Import/Export)
  medium      an export (Settings, Download your information)
  substack    an export (Settings, Exports)
  markdown    a folder of Hugo, Jekyll, Eleventy or plain Markdown files

Articles keep their ids, dates, slugs, authors and topics. Nothing is announced: feeds show them under their old dates,
and no issue contains them. Nothing is downloaded. With --media, pictures and files that articles show or link come from
a copy of the old site's, such as its folder "wp-content/uploads"; others stay on the old site. An import that was
interrupted can be run again: what is there is not uploaded again, and what was changed here stays.
${formatExamples('import export.xml --redirects redirects.txt', 'import export.xml --media uploads')}`;

const clockHelp = `
Everything that is due in the meantime happens at its time and in order: issues, and articles with a date in the future.
The clock of the local run stays ahead until its data is deleted.
${formatExamples('clock advance 2d', 'clock advance 4w')}`;

const completionHelp = `
Add one of these lines to the startup file of your shell. "npx seedpress" is completed, too.
  bash  source <(npx seedpress completion bash)
  zsh   source <(npx seedpress completion zsh)
  fish  npx seedpress completion fish | source
${formatExamples('completion bash')}`;

export const defineMaintenanceCommands = (program: Command, io: Io): void => {
  const { run, runWith } = createActions(io);
  program
    .command('redrive')
    .description('Show messages that failed five times, and try them again')
    .option('--queue <name>', 'only those of this queue, by its name or a part of it')
    .option('--dry-run', 'show them, and change nothing')
    .option('--yes', 'do not ask')
    .addHelpText('after', formatExamples('redrive --queue uploads'))
    .action(run(async () => (await import('../commands/run-redrive.ts')).runRedrive));

  program
    .command('rebuild')
    .description('Rebuild the whole site from the seeds bucket; this reads the whole table')
    .option('--dry-run', 'count, and change nothing')
    .option('--yes', 'do not ask')
    .addHelpText('after', rebuildHelp)
    .action(run(async () => (await import('../commands/run-rebuild.ts')).runRebuild));

  program
    .command('restore')
    .description('Bring a table that was set back up to date, with sending held')
    .option('--from <table>', 'copy what this table has first: a backup that was restored under a name of its own')
    .option('--yes', 'do not ask')
    .addHelpText('after', restoreHelp)
    .action(run(async () => (await import('../commands/run-restore.ts')).runRestore));

  const keys = program
    .command('keys')
    .description('Replace the key that signs links in mails')
    .addHelpText('after', formatExamples('keys rotate'));
  keys
    .command('rotate')
    .description('Sign links in mails with a new key; links signed with the last two stay valid')
    .option('--leaked', 'revoke all other keys: no link in a mail that was sent works any more')
    .option('--yes', 'do not ask')
    .addHelpText('after', formatExamples('keys rotate'))
    .action(run(async () => (await import('../commands/run-keys-rotate.ts')).runKeysRotate));

  program
    .command('export')
    .argument('<folder>', 'a new or empty folder')
    .description('Write the whole publication into a folder')
    .option('--without-keys', 'leave out the keys: links in mails that were sent will not work elsewhere')
    .addHelpText('after', exportHelp)
    .action(runWith(async () => (await import('../commands/run-export.ts')).runExport));

  program
    .command('import')
    .argument('<source>', 'a file or folder of another system, or what export wrote')
    .description('Import articles of another system or a whole publication, after showing what will change')
    .addOption(new Option('--format <format>', 'what the source is, if it is not recognized').choices(importFormats))
    .option('--prefix <folder>', 'put the seeds into this folder of the seeds bucket', parseKeyPrefix, 'imported/')
    .option('--base <address>', 'the address of the old site', parseOldSite)
    .option('--media <folder>', 'a copy of the pictures and files of the old site')
    .option('--replace', 'replace seeds whose content is different here')
    .option('--keep-canonical', 'let search engines show the old address')
    .option('--redirects <file>', 'write where each old path leads now into a new file')
    .option('--report <file>', 'where to write what is left out or changed (default: SOURCE.report.csv)')
    .option('--no-wait', 'do not wait until the articles are published')
    .option('--dry-run', 'show what will change, and change nothing')
    .option('--yes', 'do not ask')
    .addHelpText('after', importHelp)
    .action(runWith(async () => (await import('../commands/run-import.ts')).runImport));

  const clock = program
    .command('clock')
    .description('Let time pass in the local run')
    .addHelpText('after', formatExamples('clock advance 2d'));
  clock
    .command('advance')
    .argument('<duration>', 'minutes, hours, days or weeks, such as 10min, 12h, 3d or 4w', parseDuration)
    .description('Set the clock of the local run forward, and do everything that is due until then')
    .addHelpText('after', clockHelp)
    .action(runWith(async () => (await import('../commands/run-clock-advance.ts')).runClockAdvance));

  program
    .command('completion')
    .addArgument(new Argument('<shell>', 'the shell you use').choices(completionShells))
    .description('Print a script that completes commands and options in your shell')
    .addHelpText('after', completionHelp)
    .action((shell: CompletionShell, _options: unknown, command: Command) => {
      const script = buildCompletionScript(program, shell);
      printResult(io, command.optsWithGlobals(), { shell, script }, script.trimEnd().split('\n'));
    });
};
