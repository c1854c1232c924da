import { tally } from '../../../functions/core/newsletter/delivery.ts';
import type { DeliveryBatch } from '../../../functions/core/newsletter/records.ts';
import type { Ledger } from './open-ledger.ts';

export type Outcomes = ReturnType<typeof tally>;

/** Batches held at once: as many as come in one answer. */
const portion = 250;

const plus = (a: Outcomes, b: Outcomes): Outcomes => ({
  waiting: a.waiting + b.waiting,
  sent: a.sent + b.sent,
  failed: a.failed + b.failed,
  suppressed: a.suppressed + b.suppressed,
  uncertain: a.uncertain + b.uncertain,
});

/** The batches at the front of a list that nothing changes any more. */
const settledOf = (found: readonly DeliveryBatch[]): readonly DeliveryBatch[] => {
  const open = found.findIndex(({ state }) => state !== 'done');
  return open < 0 ? found : found.slice(0, open);
};

/**
 * Counts what became of an issue's recipients. Batches are done about in their order: asked again, it does not read
 * those from the first one on that were done before.
 */
export const createOutcomeCounter = ({ batches }: Pick<Ledger, 'batches'>, issue: string) => {
  let settled = tally([]);
  let read = 0;
  return async (): Promise<Outcomes> => {
    let open = tally([]);
    let isSettled = true;
    for (let from = read + 1; ; from += portion) {
      const found = await batches.some(issue, from, from + portion - 1);
      const front: readonly DeliveryBatch[] = isSettled ? settledOf(found) : [];
      settled = plus(settled, tally(front));
      read += front.length;
      open = plus(open, tally(found.slice(front.length)));
      isSettled &&= front.length === found.length;
      if (found.length < portion) return plus(settled, open);
    }
  };
};
