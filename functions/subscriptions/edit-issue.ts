import type { Queue } from '../adapters/queue.ts';
import type { IssueStore } from '../adapters/table/issues.ts';
import { formatIssueName, type Issue, type IssueEdits } from '../core/newsletter/issue/issue-record.ts';
import type { Log } from '../platform/logger.ts';

export interface EditIssueServices {
  readonly issues: Pick<IssueStore, 'edit'>;
  readonly issuesQueue: Queue;
  readonly log: Pick<Log, 'info'>;
}

/**
 * Replaces what an editor chose for a held issue, and has compose-issue make a new preview.
 * @returns undefined where the issue is not as it was read: somebody else edited or decided on it
 */
export const editIssue = async (
  { issues, issuesQueue, log }: EditIssueServices,
  issue: Issue,
  edits: IssueEdits,
): Promise<Issue | undefined> => {
  const edited = await issues.edit(issue, edits);
  if (!edited) return undefined;
  await issuesQueue.send({ cadence: issue.cadence });
  log.info('an issue was edited', { issue: formatIssueName(issue), revision: edited.revision });
  return edited;
};
