import { formatIssueName, type Issue } from '../core/newsletter/issue/issue-record.ts';
import type { ComposeIssueServices } from './services.ts';
import { minTimeLeftMs } from './write-batches.ts';

/** After an interruption, at most this many batches are queued again. */
const batchesPerCheckpoint = 500;

export const queueBatches = async (
  { deliveriesQueue, issues }: ComposeIssueServices,
  issue: Issue,
  getTimeLeftMs: () => number,
): Promise<Issue | 'outOfTime' | undefined> => {
  const name = formatIssueName(issue);
  let current: Issue | undefined = issue;
  while (current && current.queued < current.batches) {
    if (getTimeLeftMs() < minTimeLeftMs) return 'outOfTime';
    const upTo = Math.min(current.batches, current.queued + batchesPerCheckpoint);
    const first = current.queued + 1;
    await deliveriesQueue.sendMany(
      Array.from({ length: upTo - current.queued }, (_, index) => ({ issue: name, batch: first + index })),
    );
    current = await issues.advance(current, { state: 'queueing', queued: upTo });
  }
  return current && issues.advance(current, { state: 'sending' });
};
