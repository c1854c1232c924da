import { composingPerRecipient, deliveringUnits, recipientsPerBatch, requeuesPerFurtherCall } from './assumptions.ts';
import { countIssueEmails, type MonthCounts } from './month-counts.ts';
import type { StackResources } from './stack-resources.ts';

export interface RecipientUsage {
  /** DynamoDB's units. */
  readonly read: number;
  readonly written: number;
  readonly queueSends: number;
  readonly sesCalls: number;
  readonly composeSeconds: number;
}

/** A call to SES is for no more mails than the mailer accepts in a second. */
export const toRecipientUsage = (mailsPerSecond: number): RecipientUsage => {
  const calls =
    Math.ceil(recipientsPerBatch / Math.max(1, Math.min(recipientsPerBatch, mailsPerSecond))) / recipientsPerBatch;
  return {
    sesCalls: calls,
    read: composingPerRecipient.read + deliveringUnits.recipient.read + deliveringUnits.call.read * calls,
    written: composingPerRecipient.written + deliveringUnits.recipient.written + deliveringUnits.call.written * calls,
    queueSends: composingPerRecipient.sends + requeuesPerFurtherCall * (calls - 1 / recipientsPerBatch),
    composeSeconds: composingPerRecipient.seconds,
  };
};

/** At most: the maximum of concurrent deliveries runs from the first mail to the last, mostly waiting for the rate. */
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

export const countMonthSendingUsage = (counts: MonthCounts, stack: StackResources) =>
  countSendingUsage(countIssueEmails(counts), counts.mailsPerSecond, toRecipientUsage(counts.mailsPerSecond), stack);
