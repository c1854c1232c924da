import { fingerprint } from '../core/identity.ts';
import { formatIssueName, type Issue } from '../core/newsletter/issue/issue-record.ts';
import { internalFolders } from '../platform/contract.ts';
import { buildIssueDraft } from './build-issue-draft.ts';
import type { ComposeIssueServices } from './services.ts';

/** Where a draft lies in the desk bucket: each under a name of its own, so that none takes another's place. */
export const formatDraftKey = (issue: Issue, draft: string): string =>
  `${internalFolders.drafts}${formatIssueName(issue)}-${draft}.json`;

/**
 * Settles what an issue says. Two calls at once may draft it differently, when an article was edited or withdrawn in
 * between: the one whose write to the issue's record comes first decides.
 */
export const freezeIssue = async (
  services: ComposeIssueServices,
  issue: Issue,
): Promise<Issue | undefined> => {
  const draft = await buildIssueDraft(services, issue);
  if (!draft) return discardEmptyIssue(services, issue);
  const { articleCount, ...paper } = draft;
  const body = JSON.stringify(paper);
  const name = fingerprint(body);
  await services.buckets.internal.put(formatDraftKey(issue, name), body, { contentType: 'application/json' });
  return services.issues.advance(issue, {
    state: 'frozen',
    draft: name,
    subject: draft.subject,
    articles: articleCount,
  });
};

/** Every article was withdrawn: the number goes to the next issue. */
export const discardEmptyIssue = async (
  { issues, log }: ComposeIssueServices,
  issue: Issue,
): Promise<Issue | undefined> => {
  log.info('no issue: every article was withdrawn', { issue: formatIssueName(issue) });
  return issues.advance(issue, { state: 'discarded' });
};
