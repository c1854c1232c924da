import { type DeliveryBatch, deliveryBatchSchema } from '../../core/newsletter/delivery/delivery-batch-record.ts';
import { expiryAttribute, keyPrefixes } from '../../platform/contract.ts';
import type { ItemKey, TableClient } from './client.ts';
import { updateItem } from './update-item.ts';

/**
 * Complaints refer to mails of the last year at most, and an operator may compare an issue with that of a year before.
 */
const retentionSeconds = 400 * 24 * 60 * 60;

const formatBatchSortKey = (batch: number): string => String(batch).padStart(6, '0');

const toBatchKey = (issue: string, batch: number): ItemKey => ({
  pk: keyPrefixes.batches + issue,
  sk: formatBatchSortKey(batch),
});

/** The recipients of issues. `compose-issue` adds batches, one after the other; `deliver` changes them. */
export const createBatchStore = (table: TableClient) => ({
  get: (issue: string, batch: number): Promise<DeliveryBatch | undefined> =>
    table.get(toBatchKey(issue, batch), deliveryBatchSchema),

  getMany: (names: readonly { readonly issue: string; readonly batch: number }[]): Promise<DeliveryBatch[]> => {
    const keys = new Map(names.map(({ issue, batch }) => [`${issue} ${batch}`, toBatchKey(issue, batch)]));
    return table.getMany([...keys.values()], deliveryBatchSchema);
  },

  /** @param issuedAt from then on it is kept for 400 days */
  add: (batch: DeliveryBatch, issuedAt: string): Promise<boolean> =>
    updateItem(table, toBatchKey(batch.issue, batch.batch), {
      set: { ...batch, [expiryAttribute]: Math.floor(Date.parse(issuedAt) / 1000) + retentionSeconds },
      condition: 'attribute_not_exists(pk)',
    }),

  /** Writes a batch over the one that was read; false when it was changed meanwhile. */
  replace: (read: DeliveryBatch, batch: DeliveryBatch): Promise<boolean> =>
    updateItem(table, toBatchKey(batch.issue, batch.batch), {
      set: { call: undefined, ...batch },
      condition: '#state = :readState AND #attempt = :readAttempt',
      values: { readState: read.state, readAttempt: read.attempt },
    }),

  listRange: (issue: string, from: number, upTo: number): Promise<DeliveryBatch[]> =>
    table.query(
      { pk: toBatchKey(issue, 0).pk, from: formatBatchSortKey(from), upTo: formatBatchSortKey(upTo) },
      deliveryBatchSchema,
    ),

  getLast: async (issue: string): Promise<DeliveryBatch | undefined> => {
    const [last] = await table.query({ pk: toBatchKey(issue, 0).pk, newestFirst: true, limit: 1 }, deliveryBatchSchema);
    return last;
  },
});

export type BatchStore = ReturnType<typeof createBatchStore>;
