import { buildPreview } from '../core/newsletter/digest/build-preview.ts';
import { buildApprovalLink } from '../core/newsletter/issue/approval.ts';
import type { Issue } from '../core/newsletter/issue/issue-record.ts';
import { buildIssueDraft, formatIssueUrl } from './build-issue-draft.ts';
import { discardEmptyIssue } from './freeze-issue.ts';
import type { ComposeIssueServices } from './services.ts';

/**
 * Mails the operator a preview of the issue, with a link to approve it. The mail is sent before the state changes, so
 * that it may come twice after a failure, but always comes.
 */
export const holdIssue = async (services: ComposeIssueServices, issue: Issue): Promise<Issue | undefined> => {
  const { issues, mailer, publication, render, site, tokenKeys } = services;
  const result = await buildIssueDraft(services, issue);
  if (!result) return discardEmptyIssue(services, issue);
  const { draft, articleCount } = result;
  const { keys } = await tokenKeys.getOrCreate();
  const preview = buildPreview(draft, {
    render,
    view: formatIssueUrl(site, issue),
    approve: buildApprovalLink(site, issue, keys),
  });
  await mailer.sendOne({
    to: publication.sender.email,
    ...preview,
    headers: { 'Auto-Submitted': 'auto-generated' },
  });
  return issues.advance(issue, { state: 'held', subject: draft.subject, articles: articleCount });
};
