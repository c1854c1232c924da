import type { DayCountStore } from '../adapters/table/day-counts.ts';
import type { FeedbackStore } from '../adapters/table/feedback.ts';
import type { RateLimitStore } from '../adapters/table/rate-limit.ts';
import type { SubscriberStore } from '../adapters/table/subscribers.ts';
import type { TokenKeyStore } from '../adapters/table/token-keys.ts';
import type { Log, RunCorrelated } from '../platform/logger.ts';

/** Everything that `record-feedback` needs from outside. */
export interface FeedbackServices {
  readonly subscribers: Pick<SubscriberStore, 'get' | 'getMany' | 'apply'>;
  readonly tokenKeys: Pick<TokenKeyStore, 'getOrCreate'>;
  readonly rateLimit: RateLimitStore;
  readonly dayCounts: DayCountStore;
  readonly feedback: FeedbackStore;
  readonly now: () => Date;
  readonly log: Log;
  readonly runCorrelated: RunCorrelated;
}
