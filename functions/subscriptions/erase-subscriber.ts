import type { Bucket } from '../adapters/bucket.ts';
import type { BatchStore } from '../adapters/table/batches.ts';
import type { CadenceStateStore } from '../adapters/table/cadence-states.ts';
import { findBatches } from '../adapters/table/find-batches.ts';
import type { SubscriberChange, SubscriberStore } from '../adapters/table/subscribers.ts';
import { suppressRecipient } from '../core/newsletter/delivery/delivery-batch.ts';
import type { DeliveryBatch } from '../core/newsletter/delivery/delivery-batch-record.ts';
import { formatIssueName } from '../core/newsletter/issue/issue-record.ts';
import { cadences } from '../core/publication.ts';
import { internalFolders } from '../platform/contract.ts';

export interface EraseServices {
  readonly buckets: { readonly internal: Pick<Bucket, 'put'> };
  readonly subscribers: Pick<SubscriberStore, 'apply'>;
  readonly cadenceStates: Pick<CadenceStateStore, 'get'>;
  readonly batches: Pick<BatchStore, 'get' | 'getLast' | 'replace'>;
}

/**
 * Erases everything about a reader but the keyed hash of the address, also in batches that are not sent yet: when
 * sending is paused, that may take days. Delivery would not send them, since it reads the subscriber again before each
 * call. The bucket keeps the erasure, too: the table may be restored to a time before it.
 */
export const eraseSubscriber = async (
  { buckets, subscribers, cadenceStates, batches }: EraseServices,
  key: string,
  at: string,
): Promise<SubscriberChange> => {
  await buckets.internal.put(`${internalFolders.erasures}${key}.json`, JSON.stringify({ at }), {
    contentType: 'application/json',
  });
  const change = await subscribers.apply(key, { kind: 'erase', at });
  if (change.before?.state === 'moving') await subscribers.apply(change.before.movedTo, { kind: 'erase', at });
  await removeFromBatches({ cadenceStates, batches }, key);
  return change;
};

/** Removes the address of a reader who gets no more issues from those that are not sent yet. */
export const removeFromBatches = async (
  { cadenceStates, batches }: Pick<EraseServices, 'cadenceStates' | 'batches'>,
  key: string,
): Promise<void> => {
  for (const cadence of cadences) {
    const { open, number: last } = await cadenceStates.get(cadence);
    // A held issue has no batches yet, but issues before it may have some that are not sent.
    if (open) await removeWaitingRecipient(batches, formatIssueName({ cadence, number: open.number }), key);
    // Issues are sent in order: where the reader does not wait for one, they do not wait for an older one.
    for (let number = last; number > 0; number -= 1)
      if (!(await removeWaitingRecipient(batches, formatIssueName({ cadence, number }), key))) break;
  }
};

const removeWaitingRecipient = async (
  batches: EraseServices['batches'],
  issue: string,
  key: string,
): Promise<boolean> => {
  let isRemoved = false;
  for (const found of await findBatches(batches, issue, key)) {
    for (let batch: DeliveryBatch | undefined = found; batch; ) {
      const suppressed = suppressRecipient(batch, key);
      if (suppressed === batch) break;
      isRemoved = await batches.replace(batch, suppressed);
      batch = isRemoved ? undefined : await batches.get(issue, batch.batch);
    }
  }
  return isRemoved;
};
