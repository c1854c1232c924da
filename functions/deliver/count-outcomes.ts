import { countDeliveryOutcomes } from '../core/newsletter/delivery/delivery-batch.ts';
import type { DeliveryBatch } from '../core/newsletter/delivery/delivery-batch-record.ts';
import type { Log } from '../platform/logger.ts';

const metricByOutcome = {
  sent: 'messagesSent',
  failed: 'messagesFailed',
  suppressed: 'messagesSuppressed',
  uncertain: 'messagesUncertain',
} as const;

/** Counts what became of recipients by a change of their batch. Called by whoever wrote it, so that the sums are the ledger's. */
export const countOutcomeChanges = (
  log: Pick<Log, 'count'>,
  before: DeliveryBatch,
  after: DeliveryBatch,
): void => {
  const [were, are] = [countDeliveryOutcomes([before]), countDeliveryOutcomes([after])];
  for (const outcome of ['sent', 'failed', 'suppressed', 'uncertain'] as const) {
    const more = are[outcome] - were[outcome];
    if (more > 0) log.count(metricByOutcome[outcome], more);
  }
};
