import { findPreviousIssueName } from '../core/newsletter/issue/issue-record.ts';
import type { Subscriber } from '../core/newsletter/subscriber/subscriber-record.ts';
import type { DeliverServices } from './services.ts';

/**
 * Resets the soft bounces of subscribers for whom the previous issue did not bounce, since only bounces in a row mean
 * that an address is gone. SES could report every delivery, but that is an event for each mail; this reads the feedback
 * of those subscribers alone who have bounced.
 */
export const resetSoftBounces = async (
  { feedback, subscribers: store }: DeliverServices,
  issue: string,
  subscribers: readonly Subscriber[],
): Promise<void> => {
  const bouncedKeys = subscribers.flatMap((subscriber) =>
    subscriber.state === 'active' && subscriber.softBounces > 0 ? [subscriber.key] : [],
  );
  const previousIssue = findPreviousIssueName(issue);
  if (bouncedKeys.length === 0 || previousIssue === undefined) return;
  const bouncedAgain = await feedback.listSoftBounced(previousIssue, bouncedKeys);
  for (const key of bouncedKeys) {
    if (!bouncedAgain.has(key)) await store.apply(key, { kind: 'delivered' });
  }
};
