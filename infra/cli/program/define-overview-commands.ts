import { type Command, Option } from 'commander';
import type { Io } from '../output/io.ts';
import { createActions } from './create-actions.ts';
import { formatExamples } from './format-examples.ts';
import { parseCount, parseDnsServer, parseLimit } from './parse-arguments.ts';

export const defineOverviewCommands = (program: Command, io: Io): void => {
  const { run, runWith } = createActions(io);
  program
    .command('status')
    .description('Show what is published, waiting, refused and not public, and the latest issues')
    .addHelpText('after', formatExamples('status --json'))
    .action(run(async () => (await import('../commands/run-status.ts')).runStatus));

  program
    .command('doctor')
    .description('Check site, feeds, queues, schedules, mail and alarms, and say how to fix what is wrong')
    .option('--dns <server>', 'ask this DNS server, such as the one of your domain', parseDnsServer)
    .addHelpText(
      'after',
      `\nThe exit code is 1 if there is a problem; a warning does not change it.\n${formatExamples('doctor')}`,
    )
    .action(run(async () => (await import('../commands/run-doctor.ts')).runDoctor));

  const articles = program
    .command('articles')
    .description('List published articles, newest first')
    .option('--limit <number>', 'show at most this many', parseLimit, 20)
    .option('--topic <slug>', "only those of a topic, by the name in its page's address")
    .addHelpText('after', formatExamples('articles --topic energy --limit 5'))
    .action(run(async () => (await import('../commands/run-articles.ts')).runArticles));

  articles
    .command('show')
    .argument('<key>', 'a seed, picture or file')
    .description('Show what became of an upload: address, dates, warnings, files, links, and what was cut and why')
    .addHelpText('after', formatExamples('articles show notes/story.md'))
    .action(runWith(async () => (await import('../commands/run-articles-show.ts')).runArticlesShow));

  program
    .command('rejections')
    .argument('[key]', 'a seed: show the report on it')
    .description('List refused seeds with the reason, or show the report on one')
    .addHelpText('after', formatExamples('rejections', 'rejections notes/story.md'))
    .action(runWith(async () => (await import('../commands/run-rejections.ts')).runRejections));

  program
    .command('notices')
    .description('List drafts and scheduled articles with their previews, and seeds with warnings')
    .addHelpText('after', formatExamples('notices', 'notices --json'))
    .action(run(async () => (await import('../commands/run-notices.ts')).runNotices));

  program
    .command('cost')
    .description('Estimate what a month costs on AWS, from the last thirty days or from your own numbers')
    .option('--what-if', 'ask no publication: what you do not state is set to what is usual')
    .option('--immediately <number>', 'subscribers who get each article as it is published', parseCount)
    .option('--daily <number>', 'subscribers to the daily issue', parseCount)
    .option('--weekly <number>', 'subscribers to the weekly issue', parseCount)
    .option('--monthly <number>', 'subscribers to the monthly issue', parseCount)
    .option('--articles <number>', 'articles in the month', parseCount)
    .option('--archive <number>', 'articles published so far', parseCount)
    .option('--sign-ups <number>', 'sign-ups in the month', parseCount)
    .option('--page-views <number>', 'page views in the month', parseCount)
    .option('--feed-readers <number>', 'feed readers that ask once an hour', parseCount)
    .option('--rate <number>', 'mails per second that the mailer accepts', parseLimit)
    .addOption(new Option('--mailer <mailer>', 'what sends the mails').choices(['ses', 'smtp']))
    .addHelpText('after', formatExamples('cost --what-if --daily 10000 --weekly 5000 --articles 60'))
    .action(run(async () => (await import('../commands/run-cost.ts')).runCost));
};
