import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { mapInParallel } from '../../../functions/platform/concurrency.ts';

/** How long a message is hidden from others while it is shown or moved. */
const visibilityTimeoutSeconds = 60;
const maxMessagesPerRequest = 10;

interface DeadLetter {
  readonly body: string;
  readonly receipt: string;
}

/** The next dead letters, which are hidden for a minute; none where the queue is empty. */
const receiveDeadLetters = async (sqs: SQSClient, url: string): Promise<DeadLetter[]> => {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: maxMessagesPerRequest,
      VisibilityTimeout: visibilityTimeoutSeconds,
      // With a wait SQS asks all its servers, so that an empty answer means an empty queue.
      WaitTimeSeconds: 1,
    }),
  );
  return Messages.map(({ Body = '', ReceiptHandle = '' }) => ({ body: Body, receipt: ReceiptHandle }));
};

/**
 * Bodies of dead letters, up to a number of them, which stay where they are.
 * @param url of the queue of dead letters
 */
export const peekDeadLetters = async (sqs: SQSClient, url: string, maxMessages: number): Promise<string[]> => {
  const seen: DeadLetter[] = [];
  try {
    while (seen.length < maxMessages) {
      const found = await receiveDeadLetters(sqs, url);
      seen.push(...found);
      if (found.length === 0) break;
    }
  } finally {
    await mapInParallel(seen, ({ receipt }) =>
      sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle: receipt, VisibilityTimeout: 0 })),
    );
  }
  return seen.slice(0, maxMessages).map(({ body }) => body);
};

/**
 * Moves dead letters back to their queue, up to a number of them: one that fails again meanwhile is not moved for ever.
 * Each is sent before it is deleted. If this is interrupted, one message may exist twice, which every function accepts,
 * but none is lost.
 * @param onProgress takes how many were moved so far
 * @returns how many were moved
 */
export const moveDeadLetters = async (
  sqs: SQSClient,
  { from, to, maxMessages }: { readonly from: string; readonly to: string; readonly maxMessages: number },
  onProgress: (count: number) => void,
): Promise<number> => {
  let count = 0;
  while (count < maxMessages) {
    const found = await receiveDeadLetters(sqs, from);
    if (found.length === 0) break;
    await mapInParallel(found, async ({ body, receipt }) => {
      await sqs.send(new SendMessageCommand({ QueueUrl: to, MessageBody: body }));
      await sqs.send(new DeleteMessageCommand({ QueueUrl: from, ReceiptHandle: receipt }));
    });
    count += found.length;
    onProgress(count);
  }
  return count;
};
