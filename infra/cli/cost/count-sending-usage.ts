import { composingPerRecipient, deliveringUnits, recipientsPerBatch } from './assumptions.ts';
import { countIssueEmails, type MonthCounts } from './month-counts.ts';
import type { StackResources } from './stack-resources.ts';

/** What sending takes, for one recipient. */
export interface RecipientUsage {
  /** DynamoDB's units. */
  readonly read: number;
  readonly written: number;
  /** Requests that send messages to a queue. */
  readonly queueSends: number;
  /** Calls to SES. */
  readonly sesCalls: number;
  readonly composeSeconds: number;
}

/** What sending takes for a recipient where the mailer takes so many mails a second: a call is for no more than that. */
export const toRecipientUsage = (mailsPerSecond: number): RecipientUsage => {
  const calls =
    Math.ceil(recipientsPerBatch / Math.max(1, Math.min(recipientsPerBatch, mailsPerSecond))) / recipientsPerBatch;
  return {
    sesCalls: calls,
    read: composingPerRecipient.read + deliveringUnits.recipient.read + deliveringUnits.call.read * calls,
    written: composingPerRecipient.written + deliveringUnits.recipient.written + deliveringUnits.call.written * calls,
    queueSends: composingPerRecipient.sends,
    composeSeconds: composingPerRecipient.seconds,
  };
};

/**
 * What so many copies take. Lambda at most: as many deliveries as may be at a time run from the first mail to the last,
 * most of the time waiting for the rate.
 * @param mailsPerSecond what the mailer takes
 */
export const countSendingUsage = (
  copies: number,
  mailsPerSecond: number,
  perRecipient: RecipientUsage,
  { memoryGigabytes, maxConcurrentDeliveries }: Pick<StackResources, 'memoryGigabytes' | 'maxConcurrentDeliveries'>,
) => {
  const messages = copies / recipientsPerBatch;
  const deliverSeconds = (copies / mailsPerSecond) * maxConcurrentDeliveries;
  // A function is called again for a batch that is held, at most once for each minute of its time.
  const calls = messages + deliverSeconds / 60;
  return {
    read: copies * perRecipient.read,
    written: copies * perRecipient.written,
    calls,
    gigabyteSeconds:
      deliverSeconds * memoryGigabytes.deliver + copies * perRecipient.composeSeconds * memoryGigabytes.composeIssue,
    // Each message is also received and deleted.
    queueRequests: copies * perRecipient.queueSends + 2 * calls,
  };
};

/** What the issues of a month take to send. */
export const countMonthSendingUsage = (counts: MonthCounts, stack: StackResources) =>
  countSendingUsage(countIssueEmails(counts), counts.mailsPerSecond, toRecipientUsage(counts.mailsPerSecond), stack);
