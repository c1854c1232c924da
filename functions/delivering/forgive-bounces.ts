import { findPreviousIssueName, type Subscriber } from '../core/newsletter/records.ts';
import type { DeliverServices } from './services.ts';

/**
 * Forgets the soft bounces of readers to whom the issue before came through: only bounces in a row tell that an
 * address is gone. SES could tell of every delivery, but that would be an event for every mail; this costs a look for
 * those alone who have bounced.
 */
export const resetSoftBounces = async (
  { feedback, subscribers }: DeliverServices,
  issue: string,
  readers: readonly Subscriber[],
): Promise<void> => {
  const doubtful = readers.flatMap((reader) =>
    reader.state === 'active' && reader.softBounces > 0 ? [reader.key] : [],
  );
  const previous = findPreviousIssueName(issue);
  if (doubtful.length === 0 || previous === undefined) return;
  const bounced = await feedback.listSoftBounced(previous, doubtful);
  for (const key of doubtful) {
    if (!bounced.has(key)) await subscribers.apply(key, { kind: 'delivered' });
  }
};
