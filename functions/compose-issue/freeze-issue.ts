import { fingerprint } from '../core/identity.ts';
import { formatIssueName, type Issue } from '../core/newsletter/issue/issue-record.ts';
import { internalFolders } from '../platform/contract.ts';
import { buildIssueDraft } from './build-issue-draft.ts';
import type { ComposeIssueServices } from './services.ts';

/** A draft's key in the internal bucket. Its name is its fingerprint, so that no draft overwrites another. */
export const formatDraftKey = (issue: Issue, draftName: string): string =>
  `${internalFolders.drafts}${formatIssueName(issue)}-${draftName}.json`;

/**
 * Fixes the content of an issue. Two calls at once may draft it differently, when an article is edited or withdrawn in
 * between: the first that writes its draft's name to the issue's record decides.
 */
export const freezeIssue = async (services: ComposeIssueServices, issue: Issue): Promise<Issue | undefined> => {
  const result = await buildIssueDraft(services, issue);
  if (!result) return discardEmptyIssue(services, issue);
  const { draft, articleCount, upTo } = result;
  if (upTo < issue.upTo)
    services.log.warn('more articles are waiting than the issue has space for', {
      issue: formatIssueName(issue),
      upTo,
    });
  const body = JSON.stringify(draft);
  const draftName = fingerprint(body);
  await services.buckets.internal.put(formatDraftKey(issue, draftName), body, {
    contentType: 'application/json',
  });
  return services.issues.advance(issue, {
    state: 'frozen',
    draft: draftName,
    subject: draft.subject,
    articles: articleCount,
    upTo,
  });
};

export const discardEmptyIssue = async (
  { issues, log }: ComposeIssueServices,
  issue: Issue,
): Promise<Issue | undefined> => {
  log.info('no issue: every article was withdrawn', { issue: formatIssueName(issue) });
  return issues.advance(issue, { state: 'discarded' });
};
