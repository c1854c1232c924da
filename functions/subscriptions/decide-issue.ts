import type { Queue } from '../adapters/queue.ts';
import type { IssueStore } from '../adapters/table/issues.ts';
import { formatIssueName, type Issue } from '../core/newsletter/issue/issue-record.ts';
import type { Log } from '../platform/logger.ts';

export interface DecideIssueServices {
  readonly issues: Pick<IssueStore, 'get' | 'advance'>;
  readonly issuesQueue: Queue;
  readonly log: Pick<Log, 'info'>;
}

/**
 * Approves or discards a held issue, and has compose-issue continue with it. The first decision stands: a repeated or
 * an opposite one changes nothing.
 * @returns the issue as it is then
 */
export const decideIssue = async (
  { issues, issuesQueue, log }: DecideIssueServices,
  issue: Issue,
  decision: 'approve' | 'discard',
): Promise<Issue | undefined> => {
  const name = formatIssueName(issue);
  const state = decision === 'approve' ? 'approved' : 'discarded';
  const decided = issue.state === 'held' ? await issues.advance(issue, { state }) : undefined;
  const current = decided ?? (await issues.get(name));
  // Also after an earlier decision, whose message may not have been sent.
  if (current?.state === 'approved' || current?.state === 'discarded')
    await issuesQueue.send({ cadence: issue.cadence });
  if (decided) log.info('an issue was decided on', { issue: name, state });
  return current;
};
