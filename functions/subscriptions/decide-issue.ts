import type { Queue } from '../adapters/queue.ts';
import type { IssueStore } from '../adapters/table/issues.ts';
import { formatIssueName, type Issue } from '../core/newsletter/issue/issue-record.ts';
import type { Log } from '../platform/logger.ts';

/** What a decision on an issue needs from outside. */
export interface DecideIssueServices {
  readonly issues: Pick<IssueStore, 'get' | 'advance'>;
  /** Calls to compose: the issue goes on from there. */
  readonly issuesQueue: Queue;
  readonly log: Pick<Log, 'info'>;
}

/**
 * The operator's word on a held issue. Doing it twice is the same as once; what was approved is not discarded any
 * more, and the other way round.
 * @returns the issue as it is then, whoever decided on it
 */
export const decideIssue = async (
  { issues, issuesQueue: calls, log }: DecideIssueServices,
  issue: Issue,
  decision: 'approve' | 'discard',
): Promise<Issue | undefined> => {
  const state = decision === 'approve' ? 'approved' : 'discarded';
  const decided = issue.state === 'held' ? await issues.advance(issue, { state }) : undefined;
  const now = decided ?? (await issues.get(formatIssueName(issue)));
  // Also where it was decided before: the call that followed then may be lost.
  if (now?.state === 'approved' || now?.state === 'discarded') await calls.send({ cadence: issue.cadence });
  if (decided) log.info('an issue was decided on', { issue: formatIssueName(issue), state });
  return now;
};
