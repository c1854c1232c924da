import type { Subscriber } from '../../../functions/core/newsletter/subscriber/subscriber-record.ts';

export type SubscriberState = Subscriber['state'];

/** Every state of a subscriber, in the order in which they are told. */
export const subscriberStates: readonly SubscriberState[] = [
  ...(['active', 'pending', 'unsubscribed', 'bounced', 'complained', 'erased'] as const),
];
