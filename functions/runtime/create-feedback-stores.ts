import { randomBytes } from 'node:crypto';
import type { TableClient } from '../adapters/table/client.ts';
import { createDayCountStore } from '../adapters/table/day-counts.ts';
import { createFeedbackStore } from '../adapters/table/feedback.ts';
import { createRateLimitStore } from '../adapters/table/rate-limit.ts';
import { createSubscriberStore } from '../adapters/table/subscribers.ts';
import { createTokenKeyStore } from '../adapters/table/token-keys.ts';

/** The stores that feedback on mails changes: apart from the others, so that `record-feedback` stays small. */
export const createFeedbackStores = (table: TableClient, now: () => Date) => ({
  subscribers: createSubscriberStore(table, now),
  tokenKeys: createTokenKeyStore(table, { randomHex: (bytes) => randomBytes(bytes).toString('hex'), now }),
  rateLimit: createRateLimitStore(table),
  dayCounts: createDayCountStore(table),
  feedback: createFeedbackStore(table),
});
