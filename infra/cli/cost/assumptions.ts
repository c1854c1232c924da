import type { metrics } from '../../../functions/platform/contract.ts';

/**
 * What a month's work takes, for one of what is counted. *Measured* figures are those of docs/benchmarks.md and
 * docs/benchmarks-newsletter.md; *estimated* ones are said to be so in every bill.
 */

export const hoursPerMonth = 30 * 24;
export const minutesPerMonth = hoursPerMonth * 60;

/**
 * Metrics of our own that are sent when something happens; those of trouble are not counted. CloudWatch bills a metric
 * for the hours in which it is sent.
 */
export const metricsByEvent = {
  article: ['published', 'publishingTime'],
  issue: ['messagesPlanned', 'subscribersDaily'],
  sending: ['messagesSent', 'messagesSuppressed', 'messagesFailed', 'deliveriesHeld'],
  /** As many leave as sign up. */
  signUp: ['signUps', 'confirmations', 'unsubscribes'],
  feedback: ['bounces', 'complaints'],
} as const satisfies Readonly<Record<string, readonly (keyof typeof metrics)[]>>;

/** X-Ray's usual sampling, which Lambda leaves no choice of: one call a second, and a part of those beyond. */
export const traceSampling = { perSecond: 1, rateBeyond: 0.05 } as const;

export const recipientsPerBatch = 50;

/** Measured: one more article that is announced, in an archive of any size and a process that keeps bodies. */
export const articlePublishing = { gets: 1, puts: 31, seconds: 0.6 } as const;

/**
 * Estimated: dynalite counted 22 units written, and up to 598 read where no issue was ever composed and two hundred
 * articles wait for each cadence; fewer where fewer wait.
 */
export const articleTableUnits = { read: 300, written: 22 } as const;

/** Measured: composing, for a recipient. */
export const composingPerRecipient = { read: 0.027, written: 0.1001, sends: 0.002, seconds: 1 / 18_807 } as const;

/**
 * Measured at 20 and at 80 calls to SES for 1,000 recipients: a part that each recipient takes, and one of each call.
 * Between and beyond the two it is a straight line.
 */
export const deliveringUnits = {
  recipient: { read: 0.988, written: 0.007 },
  call: { read: 3.07, written: 9.92 },
} as const;

/**
 * Measured: how often a batch that waits for the send rate is queued again, for each call more than one a batch. The
 * other deliveries have reserved the rate meanwhile.
 */
export const requeuesPerFurtherCall = 0.85;

/** Estimated: a tick that finds nothing to do. */
export const idleTick = { read: 2, seconds: 0.05, kilobytesLogged: 0.7 } as const;

/** Estimated: a look for cards and pictures that finds none, once a minute. */
export const pictureLook = { read: 2, seconds: 0.03 } as const;

/** Measured: the sizes of a photograph of 12 megapixels, which an article is taken to have one of. */
export const pictureResizing = { gets: 1, puts: 10, seconds: 2.5, written: 3, kilobytes: 600 } as const;

/** Estimated: each of Lambda's pollers asks an idle queue three times a minute. */
export const pollsPerMinutePerPoller = 3;

/** Documented: so many ask an idle queue. Without a limit of concurrency, Lambda needs fewer. */
export const pollersPerQueue = { limited: 5, unlimited: 2 } as const;

/** Estimated: a look at what was refused and what is overdue, every five minutes. */
export const regularLook = { everyMinutes: 5, read: 8, seconds: 0.1, kilobytesLogged: 0.7 } as const;

/** Estimated: everything from the form to the welcome mail. */
export const signUpUsage = { requests: 4, mails: 2, read: 12, written: 12, seconds: 0.1 } as const;

/** Estimated: one mail in so many comes back as a bounce or complaint. */
export const mailsPerFeedback = 200;
export const feedbackUsage = { read: 3, written: 5, seconds: 0.1 } as const;

/** Estimated: kilobytes that lie in the table. */
export const tableKilobytes = {
  article: 20,
  subscriber: 0.8,
  /** A recipient's part of a delivery batch: batches are kept. */
  copy: 0.1,
} as const;

/** Estimated: kilobytes in the buckets for an article without pictures: seed, body, page, its part of feeds. */
export const bucketKilobytes = { article: 80 } as const;

/** Estimated: an issue's documents, and those that the build after it writes. */
export const putsPerIssue = 25;

/** Estimated: what readers fetch. Kilobytes are compressed. */
export const readerTraffic = {
  requestsPerPage: 2,
  kilobytesPerPage: 60,
  /** A feed reader asks so often in a month: once an hour. */
  requestsPerFeedReader: 720,
  /** Most answers are "not modified". */
  kilobytesPerFeedRequest: 8,
} as const;

/** Estimated: kilobytes logged for an article, a delivery message and a reader's request. */
export const loggedKilobytes = { article: 6, delivery: 1.5, request: 1 } as const;
export const logRetentionMonths = 3;
