import { type DeliveryBatch, deliveryBatchSchema } from '../../core/newsletter/records.ts';
import { ledgerKeys } from '../../runtime/contract.ts';
import type { Key, TableClient } from './client.ts';
import { setAttributes } from './set-attributes.ts';

const sortOf = (batch: number): string => String(batch).padStart(6, '0');

/** Key of a delivery batch, whose number counts from 1 in its issue. */
const batchKey = (issue: string, batch: number): Key => ({
  pk: ledgerKeys.batches + issue,
  sk: sortOf(batch),
});

/** The recipients of issues. `compose-issue` makes batches, one behind the other; `deliver` changes them. */
export const createBatchStore = (table: TableClient) => ({
  get: (issue: string, batch: number): Promise<DeliveryBatch | undefined> =>
    table.get(batchKey(issue, batch), deliveryBatchSchema),

  /** Writes a batch unless there is one of its number; false when there is. */
  add: async (batch: DeliveryBatch): Promise<boolean> => {
    const added = await table.update(batchKey(batch.issue, batch.batch), {
      ...setAttributes(batch),
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValues: 'NONE',
    });
    return added !== undefined;
  },

  /** Writes a batch over the one that was read; false when another stands there by now. */
  replace: async (before: DeliveryBatch, after: DeliveryBatch): Promise<boolean> => {
    const set = setAttributes(after, { wasState: before.state, wasAttempt: before.attempt });
    const replaced = await table.update(batchKey(after.issue, after.batch), {
      ...set,
      UpdateExpression: `${set.UpdateExpression}${after.call ? '' : ' REMOVE #call'}`,
      ConditionExpression: '#state = :wasState AND #attempt = :wasAttempt',
      ExpressionAttributeNames: { ...set.ExpressionAttributeNames, '#call': 'call' },
      ReturnValues: 'NONE',
    });
    return replaced !== undefined;
  },

  /** Batches in the order of their numbers, both ends included. */
  some: (issue: string, from: number, upTo: number): Promise<DeliveryBatch[]> =>
    table.query({ pk: batchKey(issue, 0).pk, from: sortOf(from), upTo: sortOf(upTo) }, deliveryBatchSchema),

  /** The batch of the highest number. */
  last: async (issue: string): Promise<DeliveryBatch | undefined> => {
    const [last] = await table.query(
      { pk: batchKey(issue, 0).pk, newestFirst: true, limit: 1 },
      deliveryBatchSchema,
    );
    return last;
  },
});

export type BatchStore = ReturnType<typeof createBatchStore>;
