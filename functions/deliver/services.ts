import type { Mailer } from '../adapters/mailer.ts';
import type { BulkQueue } from '../adapters/queue.ts';
import type { BatchStore } from '../adapters/table/batches.ts';
import type { DayCountStore } from '../adapters/table/day-counts.ts';
import type { FeedbackStore } from '../adapters/table/feedback.ts';
import type { RateLimitStore } from '../adapters/table/rate-limit.ts';
import type { SubscriberStore } from '../adapters/table/subscribers.ts';
import type { TokenKeyStore } from '../adapters/table/token-keys.ts';
import type { Publication } from '../core/publication.ts';
import type { Log, RunCorrelated } from '../platform/logger.ts';
import type { IssueMailReader } from './issue-mail-reader.ts';

export interface DeliverServices {
  readonly subscribers: Pick<SubscriberStore, 'get' | 'getMany' | 'apply'>;
  readonly tokenKeys: Pick<TokenKeyStore, 'getOrCreate'>;
  readonly rateLimit: RateLimitStore;
  readonly dayCounts: DayCountStore;
  readonly feedback: FeedbackStore;
  readonly now: () => Date;
  readonly log: Log;
  readonly runCorrelated: RunCorrelated;
  readonly publication: Publication;
  readonly site: string;
  readonly issueMails: IssueMailReader;
  readonly batches: Pick<BatchStore, 'get' | 'getMany' | 'replace'>;
  readonly deliveriesQueue: BulkQueue;
  readonly mailer: Mailer;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export interface BatchName {
  readonly issue: string;
  readonly batch: number;
}
