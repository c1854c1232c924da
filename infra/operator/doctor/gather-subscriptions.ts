import { paginateListSubscriptionsByTopic, type SNSClient } from '@aws-sdk/client-sns';

/** States of a topic's e-mail subscriptions: an ARN, or `PendingConfirmation`. */
export const listAlarmSubscriptions = async (client: SNSClient, TopicArn: string): Promise<string[]> => {
  const states: string[] = [];
  for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic({ client }, { TopicArn }))
    for (const { Protocol, SubscriptionArn = '' } of Subscriptions)
      if (Protocol?.startsWith('email')) states.push(SubscriptionArn);
  return states;
};
