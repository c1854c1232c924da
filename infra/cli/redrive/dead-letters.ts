import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { mapInParallel } from '../../../functions/platform/concurrency.ts';

const visibilityTimeoutSeconds = 60;
const maxMessagesPerRequest = 10;

interface DeadLetter {
  readonly body: string;
  readonly receipt: string;
}

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
 * Each is sent before it is deleted. If this is interrupted, one message may exist twice, which every function accepts,
 * but none is lost. One that fails again meanwhile is not moved for ever.
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
