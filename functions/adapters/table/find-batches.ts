import type { DeliveryBatch } from '../../core/newsletter/delivery/delivery-batch-record.ts';
import type { BatchStore } from './batches.ts';

export const findRecipient = (
  { recipients }: DeliveryBatch,
  key: string,
): DeliveryBatch['recipients'][number] | undefined => recipients.find((recipient) => recipient.key === key);

/** The batches of an issue that a reader is in: one, or none, unless several calls saw the list differently. */
export const findBatches = async (
  batches: Pick<BatchStore, 'get' | 'getLast'>,
  issue: string,
  key: string,
): Promise<DeliveryBatch[]> => {
  const last = await batches.getLast(issue);
  const letters = last?.ends?.length ?? 1;
  const found: DeliveryBatch[] = [];
  for (let letter = 0; letter < letters; letter += 1) {
    const batch = await findBatchOfLetter(batches, { issue, key, letter, last: last?.batch ?? 0 });
    if (batch) found.push(batch);
  }
  return found;
};

/** By binary search: each letter's batches list their recipients in the order of keys. */
const findBatchOfLetter = async (
  batches: Pick<BatchStore, 'get'>,
  { issue, key, letter, last }: { readonly issue: string; readonly key: string; readonly letter: number; last: number },
): Promise<DeliveryBatch | undefined> => {
  let [first, end] = [1, last];
  let found: DeliveryBatch | undefined;
  while (first <= end) {
    const middle = Math.floor((first + end) / 2);
    const batch = await batches.get(issue, middle);
    if (batch && key <= (findEnds(batch)[letter] ?? '')) [found, end] = [batch, middle - 1];
    else if (batch?.recipients.length === 0) end = middle - 1;
    else first = middle + 1;
  }
  return found && findRecipient(found, key) ? found : undefined;
};

/** The key of the last recipient of each letter. The only letter's is the last key of the batch. */
export const findEnds = ({ ends, recipients }: Pick<DeliveryBatch, 'ends' | 'recipients'>): readonly string[] =>
  ends ?? [recipients.at(-1)?.key ?? ''];
