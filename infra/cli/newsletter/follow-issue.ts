import { countQuietMs } from '../../../functions/core/newsletter/delivery/quiet-hours.ts';
import type { Issue } from '../../../functions/core/newsletter/issue/issue-record.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { pollUntil } from '../output/poll-until.ts';
import { createOutcomeCounter, type RecipientOutcomeCounts } from './count-outcomes.ts';

const pollOptions = { intervalMs: 250, idleTimeoutMs: 300_000 };

/** Why there is no more to follow: every copy is settled, there will be none, or it continues later on its own. */
export type IssueFollowResult = 'sent' | 'held' | 'discarded' | 'paused' | 'quietHours' | 'timedOut';

type FollowStores = Pick<CliServices, 'batches' | 'issues' | 'rateLimit' | 'publication' | 'now'>;

const findFollowResult = async (
  { rateLimit, publication, now }: FollowStores,
  { state }: Issue,
  { waiting }: RecipientOutcomeCounts,
): Promise<IssueFollowResult | undefined> => {
  if (state === 'held' || state === 'discarded') return state;
  if (state !== 'sending') return undefined;
  if (waiting === 0) return 'sent';
  if ((await rateLimit.get()).paused) return 'paused';
  return countQuietMs(publication, now()) > 0 ? 'quietHours' : undefined;
};

export const followIssue = async (
  stores: FollowStores,
  name: string,
  show: (issue: Issue, outcomes: RecipientOutcomeCounts) => void,
): Promise<IssueFollowResult> => {
  const countOutcomes = createOutcomeCounter(stores, name);
  let lastSeen = '';
  const result = await pollUntil(pollOptions, async (reportProgress) => {
    const issue = await stores.issues.get(name);
    if (!issue) return undefined;
    const outcomes = await countOutcomes();
    show(issue, outcomes);
    const seen = JSON.stringify([issue.state, outcomes]);
    if (seen !== lastSeen) reportProgress();
    lastSeen = seen;
    return findFollowResult(stores, issue, outcomes);
  });
  return result ?? 'timedOut';
};
