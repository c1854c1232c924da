import { batchSize, composing, deliveriesAtOnce, delivering, memory } from './assumptions.ts';

/** What sending takes, for one recipient. */
export interface PerRecipient {
  /** DynamoDB's units. */
  readonly read: number;
  readonly written: number;
  /** Requests that send messages to a queue. */
  readonly sends: number;
  /** Calls to SES. */
  readonly calls: number;
  readonly composeSeconds: number;
}

/** What sending takes for a recipient where the mailer takes so many mails a second: a call is for no more than that. */
export const measuredAt = (mailsPerSecond: number): PerRecipient => {
  const calls = Math.ceil(batchSize / Math.max(1, Math.min(batchSize, mailsPerSecond))) / batchSize;
  return {
    calls,
    read: composing.read + delivering.recipient.read + delivering.call.read * calls,
    written: composing.written + delivering.recipient.written + delivering.call.written * calls,
    sends: composing.sends,
    composeSeconds: composing.seconds,
  };
};

/**
 * What so many copies take. Lambda at most: as many deliveries as may be at a time run from the first mail to the last,
 * most of the time waiting for the rate.
 * @param mailsPerSecond what the mailer takes
 */
export const sendingUsage = (copies: number, mailsPerSecond: number, each: PerRecipient) => {
  const messages = copies / batchSize;
  const deliverSeconds = (copies / mailsPerSecond) * deliveriesAtOnce;
  // A function is called again for a batch that is held, at most once for each minute of its time.
  const calls = messages + deliverSeconds / 60;
  return {
    read: copies * each.read,
    written: copies * each.written,
    calls,
    gigabyteSeconds: deliverSeconds * memory.deliver + copies * each.composeSeconds * memory.composeIssue,
    // Each message is also received and deleted.
    queueRequests: copies * each.sends + 2 * calls,
  };
};
