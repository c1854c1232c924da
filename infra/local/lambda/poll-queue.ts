import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Message, Queues } from '../sqs/queues.ts';
import type { MappingPlan } from '../template/plan.ts';
import { region } from '../template/references.ts';
import type { LambdaPool } from './create-pool.ts';

export interface PollProps {
  readonly mapping: MappingPlan;
  readonly queues: Queues;
  readonly pool: Pick<LambdaPool, 'invoke'>;
  /** Never more invocations at once than this, whatever the mapping says. */
  readonly mostAtOnce: number;
  /**
   * Seconds until failed messages come again, where that is less than the queue's visibility timeout: on AWS
   * they are hidden for all of it, minutes that nobody wants to wait at a laptop.
   */
  readonly retryAfter: number;
  readonly onFailure: (error: Error, messages: number) => void;
}

export interface Poller {
  /** Takes no more messages, and waits for the running invocations. */
  close(): Promise<void>;
}

const partialResponse = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish() })
  .nullish();

const describeRecord = (message: Message, { queueArn }: MappingPlan) => ({
  messageId: message.id,
  receiptHandle: message.receipt,
  body: message.body,
  attributes: {
    ApproximateReceiveCount: String(message.receives),
    SentTimestamp: String(message.sent),
    SenderId: 'local',
    ApproximateFirstReceiveTimestamp: String(message.firstReceived),
  },
  messageAttributes: message.attributes,
  md5OfBody: createHash('md5').update(message.body).digest('hex'),
  eventSource: 'aws:sqs',
  eventSourceARN: queueArn,
  awsRegion: region,
});

/**
 * The ids of the messages that an answer calls failed. As with Lambda, an answer that cannot be understood, or
 * names a message that was not in the batch, fails them all.
 */
const failedIds = (
  result: unknown,
  batch: readonly Message[],
  { reportsItemFailures }: MappingPlan,
): Set<string> => {
  if (!reportsItemFailures) return new Set();
  const all = new Set(batch.map(({ id }) => id));
  const parsed = partialResponse.safeParse(result);
  if (!parsed.success) return all;
  const failed = (parsed.data?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
  return failed.every((id) => all.has(id)) ? new Set(failed) : all;
};

/** The event source mapping of a queue: batches to the function, successes deleted, failures left to come again. */
export const pollQueue = (props: PollProps): Poller => {
  const { mapping, queues, pool, onFailure } = props;
  const limit = Math.min(mapping.maxConcurrency, props.mostAtOnce);
  let running = 0;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  let batchingSince: number | undefined;
  let drained = Promise.withResolvers<void>();

  const putBack = (failed: readonly Message[]): void => {
    const visibility = queues.settings(mapping.queue).visibilityTimeout ?? 30;
    if (props.retryAfter >= visibility) return;
    for (const { receipt } of failed) queues.changeVisibility(mapping.queue, receipt, props.retryAfter);
  };
  const run = async (batch: readonly Message[]): Promise<void> => {
    if (running++ === 0) drained = Promise.withResolvers();
    let failed: Set<string>;
    try {
      const result = await pool.invoke({ Records: batch.map((message) => describeRecord(message, mapping)) });
      failed = failedIds(result, batch, mapping);
    } catch (error) {
      failed = new Set(batch.map(({ id }) => id));
      if (!isClosed) onFailure(error instanceof Error ? error : new Error(String(error)), batch.length);
    }
    running--;
    for (const { id, receipt } of batch) if (!failed.has(id)) queues.remove(mapping.queue, receipt);
    putBack(batch.filter(({ id }) => failed.has(id)));
    if (running === 0) drained.resolve();
    look();
  };

  /** True while the batching window is open and the batch is not full. */
  const isGathering = (visible: number): boolean => {
    if (mapping.batchingWindow === 0 || visible === 0 || visible >= mapping.batchSize) return false;
    batchingSince ??= Date.now();
    const left = batchingSince + mapping.batchingWindow * 1000 - Date.now();
    if (left > 0) wakeIn(left);
    return left > 0;
  };
  const wakeIn = (milliseconds: number): void => {
    clearTimeout(timer);
    timer = setTimeout(look, Math.min(Math.max(milliseconds, 0), 60_000));
  };
  const look = (): void => {
    if (isClosed) return;
    while (running < limit) {
      if (isGathering(queues.counts(mapping.queue).visible)) return;
      batchingSince = undefined;
      const batch = queues.receive(mapping.queue, { max: mapping.batchSize });
      if (batch.length === 0) break;
      void run(batch);
    }
    const due = queues.nextDue(mapping.queue);
    if (due !== undefined && running < limit) wakeIn(due - Date.now());
  };

  // Later, since the message may be part of a transaction that has not ended.
  const stopListening = queues.onWork((queue) => {
    if (queue === mapping.queue) setImmediate(look);
  });
  setImmediate(look);
  return {
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      stopListening();
      if (running > 0) await drained.promise;
    },
  };
};
