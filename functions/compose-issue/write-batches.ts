import { maxBulkRecipients } from '../adapters/mailer.ts';
import type { DeliveryBatch } from '../core/newsletter/delivery/delivery-batch-record.ts';
import { formatIssueName, type Issue } from '../core/newsletter/issue/issue-record.ts';
import { createRecipientReader } from './recipient-reader.ts';
import type { ComposeIssueServices } from './services.ts';

/** Work is not begun when the function has less time left than this. Milliseconds. */
export const minTimeLeftMs = 20_000;

/**
 * Writes the roster down in delivery batches, in the order of keys. Each batch goes on behind the last key of the one
 * before it and is written on condition that there is none of its number, so however many calls work on it, there is
 * one chain, in which nobody stands twice. An empty batch ends it.
 */
export const writeBatches = async (
  services: ComposeIssueServices,
  issue: Issue,
  getTimeLeftMs: () => number,
): Promise<Issue | 'outOfTime' | undefined> => {
  const { batches, subscribers } = services;
  const name = formatIssueName(issue);
  const roster = createRecipientReader(subscribers, issue.cadence);
  for (let last = await batches.getLast(name); ; ) {
    // An empty batch is the end.
    if (last?.recipients.length === 0) return finalizeBatches(services, issue, last);
    if (getTimeLeftMs() < minTimeLeftMs) return 'outOfTime';
    const next = buildNextBatch(
      last,
      name,
      await roster.next(last?.recipients.at(-1)?.key, maxBulkRecipients),
    );
    last = (await batches.add(next)) ? next : await batches.get(name, next.batch);
  }
};

/** Counts who is to have a copy: whoever writes it down counts it, and nobody else. */
const finalizeBatches = async (
  { issues, log }: ComposeIssueServices,
  issue: Issue,
  { batch, recipientsBefore: planned = 0 }: DeliveryBatch,
): Promise<Issue | undefined> => {
  const settled = await issues.advance(issue, { state: 'queueing', batches: batch - 1, planned });
  if (settled) {
    log.count('messagesPlanned', planned);
    log.count(issue.cadence === 'daily' ? 'subscribersDaily' : 'subscribersWeekly', planned);
  }
  return settled;
};

const buildNextBatch = (
  last: DeliveryBatch | undefined,
  issue: string,
  recipients: readonly { readonly key: string; readonly email: string }[],
): DeliveryBatch => ({
  issue,
  batch: (last?.batch ?? 0) + 1,
  state: recipients.length === 0 ? 'done' : 'queued',
  attempt: 0,
  recipientsBefore: (last?.recipientsBefore ?? 0) + (last?.recipients.length ?? 0),
  recipients: recipients.map(({ key, email }) => ({ key, email, outcome: 'waiting' })),
});
