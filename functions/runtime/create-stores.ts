import { createBatchStore } from '../adapters/table/batches.ts';
import { createCapStore } from '../adapters/table/caps.ts';
import type { TableClient } from '../adapters/table/client.ts';
import { createFeedbackStores } from './create-feedback-stores.ts';
import { createPublishStores } from './create-publish-stores.ts';

export const createStores = (table: TableClient, now: () => Date = () => new Date()) => ({
  ...createFeedbackStores(table, now),
  ...createPublishStores(table),
  batches: createBatchStore(table),
  caps: createCapStore(table),
});
