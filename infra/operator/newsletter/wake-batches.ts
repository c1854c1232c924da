import { bulkSize } from '../../../functions/adapters/mailer.ts';
import { type DeliveryBatch, issueName } from '../../../functions/core/newsletter/records.ts';
import { cadences } from '../../../functions/core/publication.ts';
import { longestHold } from '../../../functions/delivering/reserve-slot.ts';
import type { Ledger } from './open-ledger.ts';

/** Batches read at once, and messages in a request. */
const [portion, together] = [100, 10];

/**
 * Queues batches that wait, so that sending goes on at once. Held batches come back by themselves within a quarter of
 * an hour, so only as many are queued as can leave by then; taken up twice, a batch is sent once.
 * @returns how many were queued
 */
export const wakeBatches = async (ledger: Ledger): Promise<number> => {
  const { limits } = await ledger.pace.get();
  const most = Math.ceil(((limits?.perSecond ?? 1) * longestHold) / bulkSize);
  let woken = 0;
  for (const cadence of cadences) {
    const { open, number } = await ledger.issues.cadence(cadence);
    for (let each = open?.number ?? number; each > 0 && woken < most; each -= 1) {
      const found = await wakeIssue(ledger, issueName({ cadence, number: each }), most - woken);
      woken += found;
      // Older issues were done before this one began, or come back by themselves.
      if (found === 0 && each !== open?.number) break;
    }
  }
  return woken;
};

const wakeIssue = async (
  { batches, deliveries }: Pick<Ledger, 'batches' | 'deliveries'>,
  issue: string,
  most: number,
): Promise<number> => {
  let woken = 0;
  for (let from = 1; woken < most; from += portion) {
    const found = await batches.some(issue, from, from + portion - 1);
    const waiting = found.filter(({ state }) => state !== 'done').slice(0, most - woken);
    for (let start = 0; start < waiting.length; start += together)
      await deliveries.sendMany(waiting.slice(start, start + together).map(messageOf));
    woken += waiting.length;
    if (found.length < portion) break;
  }
  return woken;
};

const messageOf = ({ issue, batch }: DeliveryBatch) => ({ issue, batch });
