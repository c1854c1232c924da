import { type Issue, issueName } from '../core/newsletter/records.ts';
import { inParallel } from '../publishing/in-parallel.ts';
import { lastMoments } from './address-issue.ts';
import type { ComposingServices } from './services.ts';

/** Messages in one request. */
const together = 10;
/** Batches queued between two notes of how far it has come: so many are queued again at most, which delivery bears. */
const stretch = 500;

/** Queues every batch of an issue, some of them perhaps again: delivery takes each up once. */
export const queueBatches = async (
  { deliveries, issues }: ComposingServices,
  issue: Issue,
  timeLeft: () => number,
): Promise<Issue | 'outOfTime' | undefined> => {
  const name = issueName(issue);
  let current: Issue | undefined = issue;
  while (current && current.queued < current.batches) {
    if (timeLeft() < lastMoments) return 'outOfTime';
    const upTo = Math.min(current.batches, current.queued + stretch);
    await inParallel(groups(current.queued + 1, upTo), (numbers) =>
      deliveries.sendMany(numbers.map((batch) => ({ issue: name, batch }))),
    );
    current = await issues.advance(current, { state: 'queueing', queued: upTo });
  }
  return current && issues.advance(current, { state: 'sending' });
};

const groups = (from: number, upTo: number): number[][] => {
  const all = Array.from({ length: upTo - from + 1 }, (_, index) => from + index);
  return Array.from({ length: Math.ceil(all.length / together) }, (_, index) =>
    all.slice(index * together, (index + 1) * together),
  );
};
