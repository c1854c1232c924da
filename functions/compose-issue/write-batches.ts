import { maxBulkRecipients } from '../adapters/mailer.ts';
import type { DeliveryBatch } from '../core/newsletter/delivery/delivery-batch-record.ts';
import { formatIssueName, type Issue } from '../core/newsletter/issue/issue-record.ts';
import { createRecipientReader, type RecipientAddress } from './recipient-reader.ts';
import type { ComposeIssueServices } from './services.ts';

/** No batch is started when the function has less time left than this. */
export const minTimeLeftMs = 20_000;

/**
 * Writes the recipients to delivery batches. Each starts after the last key of the one before, and is written only if
 * there is none with its number: even concurrent calls write one chain of batches, with nobody twice. An empty batch
 * ends the chain.
 */
export const writeBatches = async (
  services: ComposeIssueServices,
  issue: Issue,
  getTimeLeftMs: () => number,
): Promise<Issue | 'outOfTime' | undefined> => {
  const { batches, subscribers } = services;
  const name = formatIssueName(issue);
  const recipients = createRecipientReader(subscribers, issue.cadence);
  for (let last = await batches.getLast(name); ; ) {
    if (last?.recipients.length === 0) return finalizeBatches(services, issue, last);
    if (getTimeLeftMs() < minTimeLeftMs) return 'outOfTime';
    const lastKey = last?.recipients.at(-1)?.key;
    const next = buildNextBatch(name, last, await recipients.next(lastKey, maxBulkRecipients));
    last = (await batches.add(next, issue.at)) ? next : await batches.get(name, next.batch);
  }
};

/** Only the call whose write succeeds counts the recipients. */
const finalizeBatches = async (
  { issues, log }: ComposeIssueServices,
  issue: Issue,
  { batch, recipientsBefore: planned = 0 }: DeliveryBatch,
): Promise<Issue | undefined> => {
  const advanced = await issues.advance(issue, { state: 'queueing', batches: batch - 1, planned });
  if (advanced) {
    log.count('messagesPlanned', planned);
    log.count(issue.cadence === 'daily' ? 'subscribersDaily' : 'subscribersWeekly', planned);
  }
  return advanced;
};

const buildNextBatch = (
  issue: string,
  last: DeliveryBatch | undefined,
  recipients: readonly RecipientAddress[],
): DeliveryBatch => ({
  issue,
  batch: (last?.batch ?? 0) + 1,
  state: recipients.length === 0 ? 'done' : 'queued',
  attempt: 0,
  recipientsBefore: (last?.recipientsBefore ?? 0) + (last?.recipients.length ?? 0),
  recipients: recipients.map(({ key, email }) => ({ key, email, outcome: 'waiting' })),
});
