import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** One queue, to which plain JSON is sent. */
export interface Queue {
  send(message: object): Promise<void>;
}

export const createQueue = (sqs: SQSClient, url: string): Queue => ({
  send: async (message) => {
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify(message) }));
  },
});
