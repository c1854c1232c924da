import { countDeliveryOutcomes } from '../core/newsletter/delivery/delivery-batch.ts';
import type { DeliveryBatch } from '../core/newsletter/delivery/delivery-batch-record.ts';
import type { Log } from '../platform/logger.ts';

const metricByOutcome = {
  sent: 'messagesSent',
  failed: 'messagesFailed',
  suppressed: 'messagesSuppressed',
  uncertain: 'messagesUncertain',
} as const;

/**
 * Counts the new outcomes in a batch. Only the call whose write succeeded counts, so that metrics match the batches.
 */
export const countOutcomeChanges = (log: Pick<Log, 'count'>, before: DeliveryBatch, after: DeliveryBatch): void => {
  const oldCounts = countDeliveryOutcomes([before]);
  const newCounts = countDeliveryOutcomes([after]);
  for (const outcome of ['sent', 'failed', 'suppressed', 'uncertain'] as const) {
    const added = newCounts[outcome] - oldCounts[outcome];
    if (added > 0) log.count(metricByOutcome[outcome], added);
  }
};
