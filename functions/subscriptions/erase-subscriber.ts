import type { BatchStore } from '../adapters/table/batches.ts';
import type { CadenceStateStore } from '../adapters/table/cadence-states.ts';
import type { SubscriberChange, SubscriberStore } from '../adapters/table/subscribers.ts';
import { suppressRecipient } from '../core/newsletter/delivery/delivery-batch.ts';
import type { DeliveryBatch } from '../core/newsletter/delivery/delivery-batch-record.ts';
import { formatIssueName } from '../core/newsletter/issue/issue-record.ts';
import { cadences } from '../core/publication.ts';

/** What erasing needs from outside. */
export interface EraseServices {
  readonly subscribers: Pick<SubscriberStore, 'apply'>;
  readonly cadenceStates: Pick<CadenceStateStore, 'get'>;
  readonly batches: Pick<BatchStore, 'get' | 'getLast' | 'replace'>;
}

/**
 * Forgets all of a reader but the keyed hash of the address, also where a copy of an issue still waits to be sent: that
 * may be for days, when sending is held. Delivery would not send it in any case, since it looks at the reader again.
 */
export const eraseSubscriber = async (
  { subscribers, cadenceStates, batches }: EraseServices,
  key: string,
  at: string,
): Promise<SubscriberChange> => {
  const change = await subscribers.apply(key, { kind: 'erase', at });
  for (const cadence of cadences) {
    const { open, number: last } = await cadenceStates.get(cadence);
    // One that is held has no copies yet, others before it may.
    if (open) await removeWaitingRecipient(batches, formatIssueName({ cadence, number: open.number }), key);
    // Whose copy of an issue does not wait, has none that waits of an older one.
    for (let number = last; number > 0; number -= 1)
      if (!(await removeWaitingRecipient(batches, formatIssueName({ cadence, number }), key))) break;
  }
  return change;
};

/** False where no copy for the reader waits in the issue. */
const removeWaitingRecipient = async (
  batches: EraseServices['batches'],
  issue: string,
  key: string,
): Promise<boolean> => {
  for (;;) {
    const batch = await findBatch(batches, issue, key);
    const without = batch && suppressRecipient(batch, key);
    if (!batch || without === undefined || without === batch) return false;
    if (await batches.replace(batch, without)) return true;
  }
};

/** The batch that a reader would stand in: an issue's batches have their readers in the order of keys. */
const findBatch = async (
  batches: EraseServices['batches'],
  issue: string,
  key: string,
): Promise<DeliveryBatch | undefined> => {
  let first = 1;
  let last = (await batches.getLast(issue))?.batch ?? 0;
  while (first <= last) {
    const middle = Math.floor((first + last) / 2);
    const batch = await batches.get(issue, middle);
    const [lowest, highest] = [batch?.recipients[0]?.key, batch?.recipients.at(-1)?.key];
    if (lowest === undefined || highest === undefined || key < lowest) last = middle - 1;
    else if (key > highest) first = middle + 1;
    else return batch;
  }
  return undefined;
};
