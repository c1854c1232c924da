import { setTimeout as sleep } from 'node:timers/promises';
import { quietFor } from '../../../functions/core/newsletter/pace.ts';
import type { Issue } from '../../../functions/core/newsletter/records.ts';
import { createOutcomeCounter, type Outcomes } from './count-outcomes.ts';
import type { Ledger } from './open-ledger.ts';

/** Milliseconds between two looks, and for which nothing may change. */
const [pause, patience] = [500, 300_000];

/** How an issue was left: all copies are settled, it will have none, or it goes on without being looked at. */
export type Followed = 'sent' | 'held' | 'discarded' | 'paused' | 'quiet' | 'slow';

const endOf = async (
  { pace, publication, now }: Pick<Ledger, 'pace' | 'publication' | 'now'>,
  { state }: Issue,
  { waiting }: Outcomes,
): Promise<Followed | undefined> => {
  if (state === 'held' || state === 'discarded') return state;
  if (state !== 'sending') return undefined;
  if (waiting === 0) return 'sent';
  if ((await pace.get()).paused) return 'paused';
  return quietFor(publication, now()) > 0 ? 'quiet' : undefined;
};

/**
 * Waits until nothing more is to be done with an issue, or nothing more happens.
 * @param show takes the issue and its counts as they grow
 */
export const followIssue = async (
  ledger: Pick<Ledger, 'batches' | 'issues' | 'pace' | 'publication' | 'now'>,
  name: string,
  show: (issue: Issue, outcomes: Outcomes) => void,
): Promise<Followed> => {
  const count = createOutcomeCounter(ledger, name);
  for (let seen = '', since = performance.now(); performance.now() - since < patience; ) {
    const began = performance.now();
    const issue = await ledger.issues.get(name);
    if (issue) {
      const outcomes = await count();
      show(issue, outcomes);
      const end = await endOf(ledger, issue, outcomes);
      if (end) return end;
      const state = JSON.stringify([issue.state, outcomes]);
      if (state !== seen) since = performance.now();
      seen = state;
    }
    // To count a million copies takes a while, which is not to be all that it does.
    await sleep(Math.max(pause, 3 * (performance.now() - began)));
  }
  return 'slow';
};
