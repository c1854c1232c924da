import type { Mailer } from '../adapters/mailer.ts';
import type { BatchStore } from '../adapters/table/batches.ts';
import type { FeedbackStore } from '../adapters/table/feedback.ts';
import type { PaceStore } from '../adapters/table/pace.ts';
import type { SubscriberStore } from '../adapters/table/subscribers.ts';
import type { TokenKeyStore } from '../adapters/table/token-keys.ts';
import type { Publication } from '../core/publication.ts';
import type { metrics } from '../runtime/contract.ts';
import type { LetterReader } from './letter-reader.ts';

/** The queue of delivery batches: a message may ask to come again only after a while. */
export interface DelayedQueue {
  /** @param seconds up to 900, which is as long as SQS holds a message back */
  send(message: object, seconds?: number): Promise<void>;
}

/** All that delivery and feedback need from outside. */
export interface DeliveringServices {
  readonly publication: Publication;
  /** Origin of the site, without a trailing slash. */
  readonly site: string;
  readonly letters: LetterReader;
  readonly batches: Pick<BatchStore, 'get' | 'replace'>;
  readonly subscribers: Pick<SubscriberStore, 'get' | 'getMany' | 'apply'>;
  readonly keys: Pick<TokenKeyStore, 'get'>;
  readonly pace: PaceStore;
  readonly feedback: FeedbackStore;
  readonly deliveries: DelayedQueue;
  readonly mailer: Mailer;
  readonly now: () => Date;
  /** Waits so many milliseconds. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly log: DeliveringLog;
}

/** What operators are told; the names of counts are those of the metrics. */
export interface DeliveringLog {
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
  error(message: string, error: unknown): void;
  count(metric: keyof typeof metrics, times: number): void;
}
