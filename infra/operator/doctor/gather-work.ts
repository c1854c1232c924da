import { ListSubscriptionsByTopicCommand, type SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DeadLetters } from './work.ts';

/** A queue, and where its dead letters wait. */
export interface WatchedQueue {
  readonly name: string;
  readonly deadLettersUrl: string;
}

/** How many dead letters each queue has, about: SQS counts so. */
export const gatherDeadLetters = (sqs: SQSClient, queues: readonly WatchedQueue[]): Promise<DeadLetters[]> =>
  Promise.all(
    queues.map(async ({ name, deadLettersUrl }) => {
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl: deadLettersUrl,
          AttributeNames: ['ApproximateNumberOfMessages'],
        }),
      );
      return { queue: name, count: Number(Attributes?.ApproximateNumberOfMessages ?? 0) };
    }),
  );

/** States of a topic's e-mail subscriptions: an ARN, or `PendingConfirmation`. */
export const gatherAlarmSubscriptions = async (sns: SNSClient, topic: string): Promise<string[]> => {
  const { Subscriptions = [] } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: topic }));
  return Subscriptions.filter(({ Protocol }) => Protocol?.startsWith('email')).map(
    ({ SubscriptionArn = '' }) => SubscriptionArn,
  );
};
