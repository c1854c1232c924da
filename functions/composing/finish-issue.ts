import { type CadenceState, formatIssueName, type Issue } from '../core/newsletter/records.ts';
import { formatDraftKey } from './freeze-issue.ts';
import type { ComposeIssueServices } from './services.ts';

/**
 * Makes way for the next issue: what a sent one covers is covered, what a discarded one would have is not. The build
 * is asked for before the issue is closed, so that none is forgotten: next digests, archive and feeds of issues follow.
 */
export const finishIssue = async (
  { buckets, build, issues, log, uploadsQueue: uploads }: ComposeIssueServices,
  issue: Issue,
  open: NonNullable<CadenceState['open']>,
): Promise<void> => {
  if (issue.state === 'sending') {
    await issues.markCovered(issue.cadence, open);
    await build.request();
    await uploads.send({ source: 'seedpress.build' });
    if (issue.draft) await buckets.internal.delete(formatDraftKey(issue, issue.draft));
    const { articles, batches, planned } = issue;
    log.info('issue queued', { issue: formatIssueName(issue), articles, batches, planned });
  }
  await issues.close(issue.cadence, open);
};
