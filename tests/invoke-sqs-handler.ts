import { createSqsHandler, type SqsHandlerOptions } from '../functions/runtime/sqs.ts';

export interface TestMessage {
  readonly id: string;
  readonly body: string;
}

/** One call of a queue's handler, as Lambda makes it: the ids of the messages that failed. */
export const invokeSqsHandler = async <Result>(
  options: Omit<SqsHandlerOptions<Result>, 'failureMessage'>,
  messages: readonly TestMessage[],
  getTimeLeftMs: () => number,
): Promise<string[]> => {
  const handle = createSqsHandler({ ...options, failureMessage: 'a message failed' });
  const { batchItemFailures } = await handle(
    { Records: messages.map(({ id, body }) => ({ messageId: id, body })) },
    { getRemainingTimeInMillis: getTimeLeftMs },
  );
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
};
