import type { QueuedMessage, Queues } from '../sqs/queues.ts';
import type { LambdaPool } from './create-lambda-pool.ts';
import type { MappingPlan } from './plan-mappings.ts';
import { buildSqsEvent, parseFailedIds } from './sqs-batch.ts';

export interface PollQueueProps {
  readonly mapping: MappingPlan;
  readonly queues: Queues;
  readonly pool: Pick<LambdaPool, 'invoke'>;
  readonly maxConcurrency: number;
  /**
   * Seconds until failed messages are received again, where that is less than the visibility timeout of the queue: on
   * AWS they are hidden for all of it, which takes minutes.
   */
  readonly retryDelaySeconds: number;
  readonly onFailure: (error: Error, messages: number) => void;
}

export interface Poller {
  isBusy(): boolean;
  /** Receives no more messages and waits for the running invocations. */
  close(): Promise<void>;
}

/** Invokes the function with a batch; removes the messages that succeeded and reschedules those that failed. */
const runBatch = async (batch: readonly QueuedMessage[], props: PollQueueProps): Promise<void> => {
  const { mapping, queues, pool, retryDelaySeconds, onFailure } = props;
  let failed: Set<string>;
  try {
    const result = await pool.invoke(
      buildSqsEvent(batch, mapping),
      batch.map(({ traceHeader }) => traceHeader),
    );
    failed = parseFailedIds(result, batch, mapping);
  } catch (error) {
    failed = new Set(batch.map(({ id }) => id));
    onFailure(error instanceof Error ? error : new Error(String(error)), batch.length);
  }
  const isSooner = retryDelaySeconds < (queues.findSettings(mapping.queue).visibilityTimeout ?? 30);
  for (const { id, receipt } of batch) {
    if (!failed.has(id)) queues.remove(mapping.queue, receipt);
    else if (isSooner) queues.changeVisibility(mapping.queue, receipt, retryDelaySeconds);
  }
};

/** Invokes a function with the messages of a queue, as an event source mapping does. */
export const pollQueue = (props: PollQueueProps): Poller => {
  const { mapping, queues } = props;
  const limit = Math.min(mapping.maxConcurrency, props.maxConcurrency);
  const running = new Set<Promise<void>>();
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  let batchOpenedAt: number | undefined;

  const schedulePoll = (milliseconds: number): void => {
    clearTimeout(timer);
    timer = setTimeout(poll, Math.min(Math.max(milliseconds, 0), 60_000));
  };
  /** True while the batching window is open and the batch is not full. */
  const isBatchOpen = (): boolean => {
    const { visible } = queues.countMessages(mapping.queue);
    if (mapping.batchingWindowSeconds === 0 || visible === 0 || visible >= mapping.batchSize) return false;
    batchOpenedAt ??= queues.now();
    const left = batchOpenedAt + mapping.batchingWindowSeconds * 1000 - queues.now();
    if (left > 0) schedulePoll(left);
    return left > 0;
  };
  const poll = (): void => {
    while (!isClosed && running.size < limit) {
      if (isBatchOpen()) return;
      batchOpenedAt = undefined;
      const batch = queues.receive(mapping.queue, { max: mapping.batchSize });
      if (batch.length === 0) break;
      const run = runBatch(batch, props).finally(() => {
        running.delete(run);
        poll();
      });
      running.add(run);
    }
    const due = isClosed ? undefined : queues.findNextDueTime(mapping.queue);
    if (due !== undefined && running.size < limit) schedulePoll(due - queues.now());
  };

  // Not at once: the message may be part of a transaction that has not ended.
  const stopListening = queues.onMessageDue((queue) => {
    if (queue === mapping.queue) setImmediate(poll);
  });
  setImmediate(poll);
  return {
    isBusy: () => running.size > 0 || queues.countMessages(mapping.queue).visible > 0,
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      stopListening();
      await Promise.all(running);
    },
  };
};
