import { z } from 'zod';
import { cadences } from '../publication.ts';

const cadence = z.enum(cadences);
const instant = z.string();

/** What every subscriber has, whatever the state. `key` is a keyed hash of the address: it stays after erasure. */
const everySubscriber = { key: z.string(), since: instant };
const reachableSubscriber = { ...everySubscriber, email: z.string(), cadence };

/**
 * One reader. Only a reader's own new sign-up and confirmation leads back from unsubscribed, bounced or complained;
 * of one who was erased, nothing but the keyed hash is left, so that the address stays unmailed.
 */
export const subscriberSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('pending'), ...reachableSubscriber, before: z.enum(['new', 'left']) }),
  z.object({
    state: z.literal('active'),
    ...reachableSubscriber,
    paused: z.boolean(),
    softBounces: z.number(),
    /** How one from another system's list consented, in its words; absent where a confirmation of ours did. */
    consent: z.string().exactOptional(),
  }),
  z.object({ state: z.literal('unsubscribed'), ...reachableSubscriber }),
  z.object({ state: z.literal('bounced'), ...reachableSubscriber }),
  z.object({ state: z.literal('complained'), ...reachableSubscriber }),
  z.object({ state: z.literal('erased'), ...everySubscriber }),
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
  /**
   * `composing`: what is in it may still change; `held`: waits for the operator, who leads it to `approved` or
   * `discarded`; `frozen`: its letter is settled, its documents are written; `addressing`: batches are made;
   * `queueing`: they are queued; `sending`: all that is left is up to delivery.
   */
  state: z.enum([
    'composing',
    'held',
    'approved',
    'discarded',
    'frozen',
    'addressing',
    'queueing',
    'sending',
  ]),
  /** Once frozen: which of the drafts among the desk's papers is the letter. */
  draft: z.string().exactOptional(),
  /** Batches so far; final once the state is `queueing`. */
  batches: z.number(),
  planned: z.number(),
  /** While `queueing`: so many batches are queued for certain. */
  queued: z.number().default(0),
});
export type Issue = z.infer<typeof issueSchema>;

/** How far a cadence has come. An absent record is one of zeros. */
export const cadenceStateSchema = z.object({
  /** The last arrival that an issue covers. */
  arrival: z.number().default(0),
  /** Of the last issue. */
  number: z.number().default(0),
  /** The schedule's instant that the last issue was opened for: a call that comes again for it opens no other. */
  at: instant.exactOptional(),
  /** The issue under way, if any: there is one at a time. */
  open: z.object({ number: z.number(), at: instant, after: z.number(), upTo: z.number() }).exactOptional(),
});
export type CadenceState = z.infer<typeof cadenceStateSchema>;

/** A line of the list of issues. */
export const issueSummarySchema = issueSchema.pick({
  cadence: true,
  number: true,
  at: true,
  subject: true,
  articles: true,
});
export type IssueSummary = z.infer<typeof issueSummarySchema>;

/** What became of one recipient of an issue. Rule 6: planned = sent + failed + suppressed + uncertain. */
export const deliveryOutcomes = ['waiting', 'sent', 'failed', 'suppressed', 'uncertain'] as const;
export type DeliveryOutcome = (typeof deliveryOutcomes)[number];

/**
 * Up to fifty recipients of one issue: one call to the mailer, one row of the ledger. The last batch of an issue has
 * none and is `done`: it stands for the end of the roster, so that no batch can be added behind it.
 */
export const deliveryBatchSchema = z.object({
  issue: z.string(),
  batch: z.number(),
  /** `calling` is written before the mailer is called: found so later, its recipients are uncertain. */
  state: z.enum(['queued', 'calling', 'done']),
  attempt: z.number(),
  /** Recipients of all batches before it. */
  recipientsBefore: z.number().exactOptional(),
  recipients: z.array(
    z.object({
      key: z.string(),
      /** As long as a mail may still go there: once the outcome is final, the key alone is kept. */
      email: z.string().exactOptional(),
      outcome: z.enum(deliveryOutcomes),
      detail: z.string().exactOptional(),
      /** How often the mailer was asked in vain to take it, each time to be asked again. */
      tries: z.number().exactOptional(),
      /** No mail will ever reach the address, and its subscriber has yet to be told so. */
      undeliverable: z.boolean().exactOptional(),
    }),
  ),
  /** While `calling`: the places in `recipients` that the call is for, and when it is over in any case. */
  call: z.object({ indexes: z.array(z.number()), until: instant }).exactOptional(),
});
export type DeliveryBatch = z.infer<typeof deliveryBatchSchema>;

/** Names an issue in keys, messages and addresses: `daily-12`. */
export const formatIssueName = ({ cadence, number }: Pick<Issue, 'cadence' | 'number'>): string =>
  `${cadence}-${number}`;

const issueNamePattern = /^(daily|weekly)-(\d+)$/;

/** The cadence of an issue, by its name. @throws when it is no name of an issue */
export const parseIssueCadence = (name: string): Issue['cadence'] =>
  cadence.parse(issueNamePattern.exec(name)?.[1]);

/** The name of the issue before one of the same cadence; undefined before the first. */
export const findPreviousIssueName = (name: string): string | undefined => {
  const number = Number(issueNamePattern.exec(name)?.[2] ?? 0);
  return number > 1 ? formatIssueName({ cadence: parseIssueCadence(name), number: number - 1 }) : undefined;
};
