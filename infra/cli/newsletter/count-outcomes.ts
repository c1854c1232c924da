import { countDeliveryOutcomes } from '../../../functions/core/newsletter/delivery/delivery-batch.ts';
import type { DeliveryBatch } from '../../../functions/core/newsletter/delivery/delivery-batch-record.ts';
import type { CliServices } from '../connection/create-cli-services.ts';

export type RecipientOutcomeCounts = ReturnType<typeof countDeliveryOutcomes>;

/** Batches held at once: as many as come in one answer. */
const pageSize = 250;

const addOutcomeCounts = (a: RecipientOutcomeCounts, b: RecipientOutcomeCounts): RecipientOutcomeCounts => ({
  waiting: a.waiting + b.waiting,
  sent: a.sent + b.sent,
  failed: a.failed + b.failed,
  suppressed: a.suppressed + b.suppressed,
  uncertain: a.uncertain + b.uncertain,
});

/** The batches at the front of a list that nothing changes any more. */
const selectDoneBatches = (found: readonly DeliveryBatch[]): readonly DeliveryBatch[] => {
  const open = found.findIndex(({ state }) => state !== 'done');
  return open < 0 ? found : found.slice(0, open);
};

/**
 * Counts what became of an issue's recipients. Batches are done about in their order: asked again, it does not read
 * those from the first one on that were done before.
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
