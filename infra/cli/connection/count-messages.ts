import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { ConnectedQueue } from './connection.ts';

/** SQS's counts are approximate. */
const readQueueCounts = async (sqs: SQSClient, QueueUrl: string) => {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesDelayed',
        'ApproximateNumberOfMessagesNotVisible',
      ],
    }),
  );
  const { ApproximateNumberOfMessages: visible = 0, ApproximateNumberOfMessagesDelayed: delayed = 0 } = Attributes;
  const inFlight = Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0);
  return { waiting: Number(visible) + Number(delayed), inFlight };
};

export const countMessages = (sqs: SQSClient, queues: readonly ConnectedQueue[]) => {
  // A dead-letter queue is counted with its work queue.
  const deadLetters = new Set(queues.map(({ deadLettersUrl }) => deadLettersUrl));
  return Promise.all(
    queues
      .filter(({ url }) => !deadLetters.has(url))
      .map(async ({ name, url, deadLettersUrl }) => {
        const [work, dead] = await Promise.all([
          readQueueCounts(sqs, url),
          deadLettersUrl === undefined ? undefined : readQueueCounts(sqs, deadLettersUrl),
        ]);
        return { name, ...work, dead: dead ? dead.waiting + dead.inFlight : 0 };
      }),
  );
};
