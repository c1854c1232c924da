import type { Context, SQSBatchResponse, SQSRecord } from 'aws-lambda';
import { mapInParallel } from '../platform/concurrency.ts';
import type { Log } from '../platform/logger.ts';

interface SqsBatch {
  readonly Records: readonly Pick<SQSRecord, 'messageId' | 'body'>[];
}

export interface SqsHandlerOptions<Result> {
  readonly log: Pick<Log, 'error'>;
  readonly failureMessage: string;
  readonly concurrency?: number;
  readonly handleMessage: (message: unknown, getTimeLeftMs: () => number) => Promise<Result>;
  /**
   * Runs once after the messages, for all that were handled.
   * @returns those whose messages must come again
   * @throws when the whole batch must come again
   */
  readonly finishBatch?: (results: readonly Result[], getTimeLeftMs: () => number) => Promise<readonly Result[]>;
}

/** A handler of a queue's messages that reports those that failed: SQS delivers them again, and no others. */
export const createSqsHandler =
  <Result>(options: SqsHandlerOptions<Result>) =>
  async ({ Records }: SqsBatch, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<SQSBatchResponse> => {
    const { log, failureMessage, concurrency = 1, handleMessage, finishBatch } = options;
    const getTimeLeftMs = () => context.getRemainingTimeInMillis();
    const outcomes = await mapInParallel(
      Records,
      async ({ messageId, body }) => {
        try {
          return { itemIdentifier: messageId, result: await handleMessage(JSON.parse(body), getTimeLeftMs) };
        } catch (error) {
          log.error(failureMessage, error);
          return { itemIdentifier: messageId };
        }
      },
      concurrency,
    );
    const results = outcomes.flatMap((outcome) => ('result' in outcome ? [outcome.result] : []));
    const unfinished = new Set(await finishBatch?.(results, getTimeLeftMs));
    const failed = outcomes.filter((outcome) => !('result' in outcome) || unfinished.has(outcome.result));
    return { batchItemFailures: failed.map(({ itemIdentifier }) => ({ itemIdentifier })) };
  };
