import type { SQSClient } from '@aws-sdk/client-sqs';
import { connect } from '../connection/connect.ts';
import type { ConnectedQueue } from '../connection/connection.ts';
import { countMessages } from '../connection/count-messages.ts';
import { createCliClients } from '../connection/create-cli-clients.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import { formatCount } from '../output/format-values.ts';
import { type ChangeOptions, type Io, printResult, requireConfirmation } from '../output/io.ts';
import { runWithProgress } from '../output/run-with-progress.ts';
import { moveDeadLetters, peekDeadLetters } from '../redrive/dead-letters.ts';
import { formatQueueMessage } from '../redrive/format-queue-message.ts';

interface Options extends ChangeOptions {
  readonly queue?: string;
}

const maxShownMessages = 200;

export const runRedrive = async (options: Options, io: Io): Promise<void> => {
  const connection = await connect(options, io);
  const { sqs } = createCliClients(connection.environment);
  const queues = selectQueues(connection.queues, options.queue);
  const reports = await Promise.all(queues.map((queue) => readQueueReport(sqs, queue)));
  const found = reports.filter(({ dead }) => dead > 0);
  for (const report of found) io.err(...formatQueueReport(report));
  if (found.length === 0) io.err('No message has failed.');
  const isConfirmed = found.length > 0 && !options.dryRun;
  if (isConfirmed) await requireConfirmation(io, 'Try them again?', options);
  const results = [];
  for (const { queue, ...report } of found) {
    const moved = isConfirmed ? await moveMessages(sqs, { queue, dead: report.dead }, io) : 0;
    results.push({ ...report, moved });
  }
  const lines = results.map(({ name, moved }) => `${name}: ${moved} tried again.`);
  printResult(io, options, results, isConfirmed ? lines : []);
  if (isConfirmed) requireAllMoved(results);
};

interface QueueReport {
  readonly queue: QueueWithDeadLetters;
  readonly name: string;
  /** An approximate count of SQS. */
  readonly dead: number;
  readonly messages: readonly string[];
}

/** @throws {CliError} where some were not received, because they are hidden while somebody else looks at them */
const requireAllMoved = (results: readonly { readonly dead: number; readonly moved: number }[]): void => {
  const dead = results.reduce((total, each) => total + each.dead, 0);
  const moved = results.reduce((total, each) => total + each.moved, 0);
  if (moved < dead)
    throw new CliError(
      `${dead - moved} of ${formatCount(dead, 'message')} could not be moved: somebody else is looking at them. Try again in a minute.`,
    );
};

const readQueueReport = async (sqs: SQSClient, queue: QueueWithDeadLetters): Promise<QueueReport> => {
  const [counted] = await countMessages(sqs, [queue]);
  const bodies = await peekDeadLetters(sqs, queue.deadLettersUrl, maxShownMessages);
  const messages = bodies.map(formatQueueMessage);
  return { queue, name: queue.name, dead: Math.max(counted?.dead ?? 0, messages.length), messages };
};

const formatQueueReport = ({ name, dead, messages }: QueueReport): string[] => {
  const more = dead - messages.length;
  const lines = [...messages, ...(more > 0 ? [`and about ${more} more`] : [])];
  return [`${name}: ${dead} failed`, ...lines.map((line) => `  ${line}`)];
};

const moveMessages = (sqs: SQSClient, { queue, dead }: Pick<QueueReport, 'queue' | 'dead'>, io: Io): Promise<number> =>
  runWithProgress(io, (show) =>
    moveDeadLetters(sqs, { from: queue.deadLettersUrl, to: queue.url, maxMessages: dead }, (count) =>
      show(count / dead, `${queue.name}: ${count} of ${dead}`),
    ),
  );

type QueueWithDeadLetters = ConnectedQueue & { readonly deadLettersUrl: string };

const hasDeadLetters = (queue: ConnectedQueue): queue is QueueWithDeadLetters => queue.deadLettersUrl !== undefined;

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
  if (found.length > 1) throw new CliError(`More than one queue matches ${wanted}: ${names}.`, exitCodes.usage);
  throw new CliError(`No queue matches ${wanted}. There are: ${names}.`, exitCodes.notFound);
};
