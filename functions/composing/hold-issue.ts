import { approvalLink } from '../core/newsletter/approval.ts';
import type { Issue } from '../core/newsletter/records.ts';
import { writePreview } from '../core/newsletter/write-preview.ts';
import { draftIssue, viewOf } from './draft-issue.ts';
import { discardEmpty } from './freeze-issue.ts';
import type { ComposingServices } from './services.ts';

/**
 * Sends the operator the issue as it is now, with a link to approve it. The mail goes before the note of it, so it may
 * come twice after a failure, and is never forgotten.
 */
export const holdIssue = async (services: ComposingServices, issue: Issue): Promise<Issue | undefined> => {
  const { issues, mailer, publication, render, site, tokenKeys } = services;
  const draft = await draftIssue(services, issue);
  if (!draft) return discardEmpty(services, issue);
  const { keys } = await tokenKeys.get();
  const preview = writePreview(draft, {
    render,
    view: viewOf(site, issue),
    approve: approvalLink(site, issue, keys),
  });
  await mailer.sendOne({
    to: publication.sender.email,
    ...preview,
    headers: { 'Auto-Submitted': 'auto-generated' },
  });
  return issues.advance(issue, { state: 'held', subject: draft.subject, articles: draft.articles });
};
