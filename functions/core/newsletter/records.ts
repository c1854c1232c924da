import { z } from 'zod';
import { cadences } from '../publication.ts';

const cadence = z.enum(cadences);
const instant = z.string();

/** What every subscriber has, whatever the state. `key` is a keyed hash of the address: it stays after erasure. */
const anyone = { key: z.string(), since: instant };
const reachable = { ...anyone, email: z.string(), cadence };

/**
 * One reader. Only a reader's own new sign-up and confirmation leads back from unsubscribed, bounced or complained;
 * of one who was erased, nothing but the keyed hash is left, so that the address stays unmailed.
 */
export const subscriberSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('pending'), ...reachable, before: z.enum(['new', 'left']) }),
  z.object({ state: z.literal('active'), ...reachable, paused: z.boolean(), softBounces: z.number() }),
  z.object({ state: z.literal('unsubscribed'), ...reachable }),
  z.object({ state: z.literal('bounced'), ...reachable }),
  z.object({ state: z.literal('complained'), ...reachable }),
  z.object({ state: z.literal('erased'), ...anyone }),
]);
export type Subscriber = z.infer<typeof subscriberSchema>;

/** One edition of the digest. Numbers of a cadence have no gaps. */
export const issueSchema = z.object({
  cadence,
  number: z.number(),
  /** The instant it is dated by: the schedule's, not the clock's. */
  at: instant,
  /** The arrivals it covers: after `after`, up to and with `upTo`. */
  after: z.number(),
  upTo: z.number(),
  articles: z.number(),
  subject: z.string(),
  /** `composing`: its documents are not all written; `addressing`: batches are made; `held`: waits for approval. */
  state: z.enum(['composing', 'held', 'addressing', 'queueing', 'sending']),
  /** Batches so far; final once the state is `queueing`. */
  batches: z.number(),
  planned: z.number(),
});
export type Issue = z.infer<typeof issueSchema>;

/** What became of one recipient of an issue. Rule 6: planned = sent + failed + suppressed + uncertain. */
export const outcomes = ['waiting', 'sent', 'failed', 'suppressed', 'uncertain'] as const;
export type Outcome = (typeof outcomes)[number];

/** Up to fifty recipients of one issue: one call to the mailer, one row of the ledger. */
export const deliveryBatchSchema = z.object({
  issue: z.string(),
  batch: z.number(),
  /** `calling` is written before the mailer is called: found so later, its recipients are uncertain. */
  state: z.enum(['queued', 'calling', 'done']),
  attempt: z.number(),
  recipients: z.array(
    z.object({ key: z.string(), email: z.string(), outcome: z.enum(outcomes), detail: z.string().exactOptional() }),
  ),
});
export type DeliveryBatch = z.infer<typeof deliveryBatchSchema>;

/** Names an issue in keys, messages and addresses: `daily-12`. */
export const issueName = ({ cadence, number }: Pick<Issue, 'cadence' | 'number'>): string => `${cadence}-${number}`;
