import type { ConnectedQueue } from '../connection.ts';
import { exitCodes, OperatorError } from '../failures.ts';

/** A queue of work that keeps its dead letters in another. */
export type WorkingQueue = ConnectedQueue & { readonly deadLettersUrl: string };

const isWorking = (queue: ConnectedQueue): queue is WorkingQueue => queue.deadLettersUrl !== undefined;

/**
 * The queues that are meant: all that have dead letters, or the one of a name or of a part of it.
 * @throws {OperatorError} where there is none of the name, or more than one
 */
export const chooseQueues = (
  queues: readonly ConnectedQueue[],
  wanted: string | undefined,
): readonly WorkingQueue[] => {
  const working = queues.filter(isWorking);
  if (wanted === undefined) return working;
  const exact = working.find(({ name }) => name === wanted);
  if (exact) return [exact];
  const found = working.filter(({ name }) => name.toLowerCase().includes(wanted.toLowerCase()));
  if (found.length === 1) return found;
  const names = (found.length > 0 ? found : working).map(({ name }) => name).join(', ');
  if (found.length > 1)
    throw new OperatorError(`More than one queue is called so: ${names}.`, exitCodes.usage);
  throw new OperatorError(`There is no queue ${wanted}, but: ${names}.`, exitCodes.notFound);
};
