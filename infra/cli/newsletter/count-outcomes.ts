import { countDeliveryOutcomes } from '../../../functions/core/newsletter/delivery/delivery-batch.ts';
import type { DeliveryBatch } from '../../../functions/core/newsletter/delivery/delivery-batch-record.ts';
import type { CliServices } from '../connection/create-cli-services.ts';

export type RecipientOutcomeCounts = ReturnType<typeof countDeliveryOutcomes>;

const pageSize = 250;

const addOutcomeCounts = (a: RecipientOutcomeCounts, b: RecipientOutcomeCounts): RecipientOutcomeCounts => ({
  waiting: a.waiting + b.waiting,
  sent: a.sent + b.sent,
  failed: a.failed + b.failed,
  suppressed: a.suppressed + b.suppressed,
  uncertain: a.uncertain + b.uncertain,
});

const selectDoneBatches = (found: readonly DeliveryBatch[]): readonly DeliveryBatch[] => {
  const open = found.findIndex(({ state }) => state !== 'done');
  return open < 0 ? found : found.slice(0, open);
};

/**
 * Counts what became of an issue's recipients. Batches are finished roughly in their order: a second count does not
 * read those at the start that were final at the first.
 */
export const createOutcomeCounter = ({ batches }: Pick<CliServices, 'batches'>, issue: string) => {
  let doneCounts = countDeliveryOutcomes([]);
  let doneBatches = 0;
  return async (): Promise<RecipientOutcomeCounts> => {
    let open = countDeliveryOutcomes([]);
    let isSettled = true;
    for (let from = doneBatches + 1; ; from += pageSize) {
      const found = await batches.listRange(issue, from, from + pageSize - 1);
      const front: readonly DeliveryBatch[] = isSettled ? selectDoneBatches(found) : [];
      doneCounts = addOutcomeCounts(doneCounts, countDeliveryOutcomes(front));
      doneBatches += front.length;
      open = addOutcomeCounts(open, countDeliveryOutcomes(found.slice(front.length)));
      isSettled &&= front.length === found.length;
      if (found.length < pageSize) return addOutcomeCounts(doneCounts, open);
    }
  };
};
