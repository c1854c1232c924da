import {
  type DeliveryBatch,
  deliveryBatchSchema,
} from '../../core/newsletter/delivery/delivery-batch-record.ts';
import { newsletterKeyPrefixes } from '../../platform/contract.ts';
import { buildSetUpdate } from './build-set-update.ts';
import type { ItemKey, TableClient } from './client.ts';

const formatBatchSortKey = (batch: number): string => String(batch).padStart(6, '0');

/** Key of a delivery batch, whose number counts from 1 in its issue. */
const toBatchKey = (issue: string, batch: number): ItemKey => ({
  pk: newsletterKeyPrefixes.batches + issue,
  sk: formatBatchSortKey(batch),
});

/** The recipients of issues. `compose-issue` makes batches, one behind the other; `deliver` changes them. */
export const createBatchStore = (table: TableClient) => ({
  get: (issue: string, batch: number): Promise<DeliveryBatch | undefined> =>
    table.get(toBatchKey(issue, batch), deliveryBatchSchema),

  /** Writes a batch unless there is one of its number; false when there is. */
  add: async (batch: DeliveryBatch): Promise<boolean> => {
    const added = await table.update(toBatchKey(batch.issue, batch.batch), {
      ...buildSetUpdate(batch),
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValues: 'NONE',
    });
    return added !== undefined;
  },

  /** Writes a batch over the one that was read; false when another stands there by now. */
  replace: async (before: DeliveryBatch, after: DeliveryBatch): Promise<boolean> => {
    const set = buildSetUpdate(after, { wasState: before.state, wasAttempt: before.attempt });
    const replaced = await table.update(toBatchKey(after.issue, after.batch), {
      ...set,
      UpdateExpression: `${set.UpdateExpression}${after.call ? '' : ' REMOVE #call'}`,
      ConditionExpression: '#state = :wasState AND #attempt = :wasAttempt',
      ExpressionAttributeNames: { ...set.ExpressionAttributeNames, '#call': 'call' },
      ReturnValues: 'NONE',
    });
    return replaced !== undefined;
  },

  /** Batches in the order of their numbers, both ends included. */
  listRange: (issue: string, from: number, upTo: number): Promise<DeliveryBatch[]> =>
    table.query(
      { pk: toBatchKey(issue, 0).pk, from: formatBatchSortKey(from), upTo: formatBatchSortKey(upTo) },
      deliveryBatchSchema,
    ),

  /** The batch of the highest number. */
  getLast: async (issue: string): Promise<DeliveryBatch | undefined> => {
    const [last] = await table.query(
      { pk: toBatchKey(issue, 0).pk, newestFirst: true, limit: 1 },
      deliveryBatchSchema,
    );
    return last;
  },
});

export type BatchStore = ReturnType<typeof createBatchStore>;
