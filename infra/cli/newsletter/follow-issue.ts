import { setTimeout as sleep } from 'node:timers/promises';
import { countQuietMs } from '../../../functions/core/newsletter/delivery/quiet-hours.ts';
import type { Issue } from '../../../functions/core/newsletter/issue/issue-record.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { createOutcomeCounter, type RecipientOutcomeCounts } from './count-outcomes.ts';

/** Milliseconds between two looks, and for which nothing may change. */
const [pollIntervalMs, idleTimeoutMs] = [500, 300_000];

/** How an issue was left: all copies are settled, it will have none, or it goes on without being looked at. */
export type IssueFollowResult = 'sent' | 'held' | 'discarded' | 'paused' | 'quiet' | 'slow';

const findFollowResult = async (
  { rateLimit: pace, publication, now }: Pick<CliServices, 'rateLimit' | 'publication' | 'now'>,
  { state }: Issue,
  { waiting }: RecipientOutcomeCounts,
): Promise<IssueFollowResult | undefined> => {
  if (state === 'held' || state === 'discarded') return state;
  if (state !== 'sending') return undefined;
  if (waiting === 0) return 'sent';
  if ((await pace.get()).paused) return 'paused';
  return countQuietMs(publication, now()) > 0 ? 'quiet' : undefined;
};

/**
 * Waits until nothing more is to be done with an issue, or nothing more happens.
 * @param show takes the issue and its counts as they grow
 */
export const followIssue = async (
  ledger: Pick<CliServices, 'batches' | 'issues' | 'rateLimit' | 'publication' | 'now'>,
  name: string,
  show: (issue: Issue, outcomes: RecipientOutcomeCounts) => void,
): Promise<IssueFollowResult> => {
  const count = createOutcomeCounter(ledger, name);
  for (let seen = '', since = performance.now(); performance.now() - since < idleTimeoutMs; ) {
    const began = performance.now();
    const issue = await ledger.issues.get(name);
    if (issue) {
      const outcomes = await count();
      show(issue, outcomes);
      const end = await findFollowResult(ledger, issue, outcomes);
      if (end) return end;
      const state = JSON.stringify([issue.state, outcomes]);
      if (state !== seen) since = performance.now();
      seen = state;
    }
    // To count a million copies takes a while, which is not to be all that it does.
    await sleep(Math.max(pollIntervalMs, 3 * (performance.now() - began)));
  }
  return 'slow';
};
