import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Command } from 'commander';
import { type ConnectOptions, connect } from '../connection/connect.ts';
import type { ConnectedQueue } from '../connection/connection.ts';
import { countMessages } from '../connection/count-messages.ts';
import { createCliClients } from '../connection/create-cli-clients.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import { createProgressBar } from '../output/create-progress-bar.ts';
import type { Io } from '../output/io.ts';
import { requireConfirmation } from '../output/require-confirmation.ts';
import { moveDeadLetters, peekDeadLetters } from '../redrive/dead-letters.ts';
import { formatQueueMessage } from '../redrive/format-queue-message.ts';

type Options = ConnectOptions & { json?: boolean; yes?: boolean; dryRun?: boolean; queue?: string };

/** Messages of a queue that are told one by one. */
const maxShownMessages = 200;

/** `seedpress redrive`: what was given up is tried again. */
export const addRedrive = (program: Command, io: Io): void => {
  program
    .command('redrive')
    .description('tell what messages were given up after five tries, and have them tried again')
    .option('--queue <name>', 'those of one queue, by its name or a part of it')
    .option('--dry-run', 'tell, and change nothing')
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  npx seedpress redrive --queue uploads')
    .action(async (_options: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const connection = await connect(options, io);
      const { sqs } = createCliClients(connection.environment);
      const queues = selectQueues(connection.queues, options.queue);
      const found = (await Promise.all(queues.map((queue) => readQueueReport(sqs, queue)))).filter(
        ({ dead }) => dead > 0,
      );
      for (const each of found) io.err(formatQueueReport(each));
      const isConfirmed = found.length > 0 && !options.dryRun;
      if (isConfirmed) await requireConfirmation(io, 'Have them tried again?', options.yes);
      const report: (Omit<QueueReport, 'queue'> & { moved: number })[] = [];
      for (const { queue, ...rest } of found)
        report.push({ ...rest, moved: isConfirmed ? await move(sqs, { queue, dead: rest.dead }, io) : 0 });
      if (options.json) io.out(`${JSON.stringify(report)}\n`);
      else if (found.length === 0) io.err('No message was given up.\n');
      else if (isConfirmed) for (const { name, moved } of report) io.out(`${name}: ${moved} tried again.\n`);
      if (isConfirmed) requireAllMoved(report);
    });
};

interface QueueReport {
  readonly queue: QueueWithDeadLetters;
  readonly name: string;
  /** SQS counts about. */
  readonly dead: number;
  /** What the first of them are about. */
  readonly messages: readonly string[];
}

/** @throws {CliError} where some could not be had, since they are hidden while somebody looks at them */
const requireAllMoved = (report: readonly { readonly dead: number; readonly moved: number }[]): void => {
  const [dead, moved] = [sum(report.map((each) => each.dead)), sum(report.map((each) => each.moved))];
  if (moved < dead)
    throw new CliError(
      `${dead - moved} of ${dead} messages are held by somebody else: try again in a minute.`,
    );
};

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

const readQueueReport = async (sqs: SQSClient, queue: QueueWithDeadLetters): Promise<QueueReport> => {
  const [counted] = await countMessages(sqs, [queue]);
  const messages = (await peekDeadLetters(sqs, queue.deadLettersUrl, maxShownMessages)).map(
    formatQueueMessage,
  );
  return { queue, name: queue.name, dead: Math.max(counted?.dead ?? 0, messages.length), messages };
};

const formatQueueReport = ({ name, dead, messages }: QueueReport): string => {
  const more = dead - messages.length;
  const lines = [...messages, ...(more > 0 ? [`and about ${more} more`] : [])];
  return `${name}: ${dead} given up\n${lines.map((line) => `  ${line}\n`).join('')}`;
};

const move = async (
  sqs: SQSClient,
  { queue, dead }: Pick<QueueReport, 'queue' | 'dead'>,
  io: Io,
): Promise<number> => {
  const bar = createProgressBar(io);
  const show = (count: number): void => bar.show(count / dead, `${queue.name}: ${count} of ${dead}`);
  return moveDeadLetters(sqs, { from: queue.deadLettersUrl, to: queue.url, maxMessages: dead }, show).finally(
    bar.end,
  );
};

/** A queue of work that keeps its dead letters in another. */
type QueueWithDeadLetters = ConnectedQueue & { readonly deadLettersUrl: string };

const hasDeadLetters = (queue: ConnectedQueue): queue is QueueWithDeadLetters =>
  queue.deadLettersUrl !== undefined;

/**
 * The queues that are meant: all that have dead letters, or the one of a name or of a part of it.
 * @throws {CliError} where there is none of the name, or more than one
 */
const selectQueues = (
  queues: readonly ConnectedQueue[],
  wanted: string | undefined,
): readonly QueueWithDeadLetters[] => {
  const working = queues.filter(hasDeadLetters);
  if (wanted === undefined) return working;
  const exact = working.find(({ name }) => name === wanted);
  if (exact) return [exact];
  const found = working.filter(({ name }) => name.toLowerCase().includes(wanted.toLowerCase()));
  if (found.length === 1) return found;
  const names = (found.length > 0 ? found : working).map(({ name }) => name).join(', ');
  if (found.length > 1) throw new CliError(`More than one queue is called so: ${names}.`, exitCodes.usage);
  throw new CliError(`There is no queue ${wanted}, but: ${names}.`, exitCodes.notFound);
};
