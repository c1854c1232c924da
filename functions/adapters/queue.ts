import { SendMessageBatchCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { mapInParallel } from '../platform/concurrency.ts';
import { splitIntoChunks } from '../platform/split-into-chunks.ts';

/** SQS takes no more messages in one request. */
const maxMessagesPerRequest = 10;

export interface Queue {
  /** @param delaySeconds for which the message is held back, up to 900 */
  send(message: object, delaySeconds?: number): Promise<void>;
}

export interface BulkQueue extends Queue {
  /** Sends messages, ten in a request. @throws when one of them was not taken: then any of them may have been */
  sendMany(messages: readonly object[], delaySeconds?: number): Promise<void>;
}

export const createQueue = (sqs: SQSClient, url: string): BulkQueue => {
  const sendBatch = async (messages: readonly object[], DelaySeconds?: number): Promise<void> => {
    const Entries = messages.map((message, index) => ({
      Id: String(index),
      MessageBody: JSON.stringify(message),
      DelaySeconds,
    }));
    const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
    if (Failed.length > 0) throw new Error(`the queue did not take ${Failed.length} messages: ${Failed[0]?.Message}`);
  };
  return {
    send: async (message, delaySeconds) => {
      await sqs.send(
        new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify(message), DelaySeconds: delaySeconds }),
      );
    },
    sendMany: async (messages, delaySeconds) => {
      const chunks = splitIntoChunks(messages, maxMessagesPerRequest);
      await mapInParallel(chunks, (chunk) => sendBatch(chunk, delaySeconds));
    },
  };
};
