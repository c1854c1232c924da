import type { BatchStore } from '../../../functions/adapters/table/batches.ts';
import { markWaitingUncertain } from '../../../functions/core/newsletter/delivery/delivery-batch.ts';

const batchesPerRead = 100;

export interface ClosedBatches {
  readonly batches: number;
  readonly recipients: number;
  readonly uncertain: number;
}

/** Ends every delivery batch of an issue: whoever waits in a table that was set back may have had the mail since. */
export const closeBatches = async (store: BatchStore, issue: string): Promise<ClosedBatches> => {
  const counts = { batches: 0, recipients: 0, uncertain: 0 };
  for (let from = 1; ; from += batchesPerRead) {
    const found = await store.listRange(issue, from, from + batchesPerRead - 1);
    for (const batch of found) {
      if (batch.recipients.length === 0) continue;
      counts.batches += 1;
      counts.recipients += batch.recipients.length;
      if (batch.state === 'done' || !(await store.replace(batch, markWaitingUncertain(batch)))) continue;
      counts.uncertain += batch.recipients.filter(({ outcome }) => outcome === 'waiting').length;
    }
    if (found.length < batchesPerRead) return counts;
  }
};
