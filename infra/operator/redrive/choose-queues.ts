import type { ConnectedQueue } from '../connection.ts';
import { CliError, exitCodes } from '../failures.ts';

/** A queue of work that keeps its dead letters in another. */
export type QueueWithDeadLetters = ConnectedQueue & { readonly deadLettersUrl: string };

const hasDeadLetters = (queue: ConnectedQueue): queue is QueueWithDeadLetters =>
  queue.deadLettersUrl !== undefined;

/**
 * The queues that are meant: all that have dead letters, or the one of a name or of a part of it.
 * @throws {CliError} where there is none of the name, or more than one
 */
export const selectQueues = (
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
