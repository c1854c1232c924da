import type { Context, SQSBatchResponse, SQSRecord } from 'aws-lambda';
import { mapInParallel } from '../platform/concurrency.ts';
import type { Log } from '../platform/logger.ts';

export interface SqsBatch {
  readonly Records: readonly Pick<SQSRecord, 'messageId' | 'body'>[];
}

export type RemainingTime = Pick<Context, 'getRemainingTimeInMillis'>;

export interface SqsHandlerOptions<Result> {
  readonly log: Pick<Log, 'error'>;
  /** Logged with the error of a message that failed. */
  readonly failureMessage: string;
  /** Messages of a batch that are handled at once. */
  readonly concurrency?: number;
  /** @throws when the message must come again */
  readonly handleMessage: (message: unknown, getTimeLeftMs: () => number) => Promise<Result>;
  /** Runs once after the messages, for all that were handled. @throws when the whole batch must come again */
  readonly finishBatch?: (results: readonly Result[], getTimeLeftMs: () => number) => Promise<void>;
}

/** A handler of a queue's messages that reports those that failed: SQS delivers them again, and no others. */
export const createSqsHandler =
  <Result>(options: SqsHandlerOptions<Result>) =>
  async ({ Records }: SqsBatch, context: RemainingTime): Promise<SQSBatchResponse> => {
    const { log, failureMessage, concurrency = 1, handleMessage, finishBatch } = options;
    const getTimeLeftMs = () => context.getRemainingTimeInMillis();
    const outcomes = await mapInParallel(
      Records,
      async ({ messageId, body }) => {
        try {
          return { result: await handleMessage(JSON.parse(body), getTimeLeftMs) };
        } catch (error) {
          log.error(failureMessage, error);
          return { itemIdentifier: messageId };
        }
      },
      concurrency,
    );
    await finishBatch?.(
      outcomes.flatMap((outcome) => ('result' in outcome ? [outcome.result] : [])),
      getTimeLeftMs,
    );
    return {
      batchItemFailures: outcomes.flatMap((outcome) => ('result' in outcome ? [] : [outcome])),
    };
  };
