import { formatIssueName, type Issue } from '../core/newsletter/issue/issue-record.ts';
import { mapInParallel } from '../platform/concurrency.ts';
import type { ComposeIssueServices } from './services.ts';
import { minTimeLeftMs } from './write-batches.ts';

/** Messages in one request. */
const messagesPerRequest = 10;
/** Batches queued between two notes of how far it has come: so many are queued again at most, which delivery bears. */
const batchesPerCheckpoint = 500;

/** Queues every batch of an issue, some of them perhaps again: delivery takes each up once. */
export const queueBatches = async (
  { deliveriesQueue: deliveries, issues }: ComposeIssueServices,
  issue: Issue,
  timeLeft: () => number,
): Promise<Issue | 'outOfTime' | undefined> => {
  const name = formatIssueName(issue);
  let current: Issue | undefined = issue;
  while (current && current.queued < current.batches) {
    if (timeLeft() < minTimeLeftMs) return 'outOfTime';
    const upTo = Math.min(current.batches, current.queued + batchesPerCheckpoint);
    await mapInParallel(splitRange(current.queued + 1, upTo), (numbers) =>
      deliveries.sendMany(numbers.map((batch) => ({ issue: name, batch }))),
    );
    current = await issues.advance(current, { state: 'queueing', queued: upTo });
  }
  return current && issues.advance(current, { state: 'sending' });
};

const splitRange = (from: number, upTo: number): number[][] => {
  const all = Array.from({ length: upTo - from + 1 }, (_, index) => from + index);
  return Array.from({ length: Math.ceil(all.length / messagesPerRequest) }, (_, index) =>
    all.slice(index * messagesPerRequest, (index + 1) * messagesPerRequest),
  );
};
