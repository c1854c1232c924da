import { deleteIssuePreview, writeIssuePreview } from '../adapters/issue-previews.ts';
import { buildPreviewEmail } from '../core/newsletter/digest/build-preview-email.ts';
import { formatPreviewNotes, type IssuePreview } from '../core/newsletter/digest/issue-preview.ts';
import { buildApprovalLink } from '../core/newsletter/issue/approval.ts';
import type { IssueDraft } from '../core/newsletter/issue/issue-draft.ts';
import type { Issue } from '../core/newsletter/issue/issue-record.ts';
import { buildEmptyPreview, buildIssueDraft, formatIssueUrl } from './build-issue-draft.ts';
import { discardEmptyIssue } from './freeze-issue.ts';
import type { ComposeIssueServices } from './services.ts';

/** Whether a held issue was edited since its preview was made. */
export const needsPreview = ({ state, revision, previewed }: Issue): boolean =>
  state === 'held' && previewed !== revision;

/**
 * Mails the operator a preview of the issue, with a link to edit and approve it. The mail is sent before the state
 * changes, so that it may come twice after a failure, but always comes.
 */
export const holdIssue = async (services: ComposeIssueServices, issue: Issue): Promise<Issue | undefined> => {
  const built = await buildIssueDraft(services, issue);
  if (!built && issue.state === 'composing') return discardEmptyIssue(services, issue);
  const preview = built?.preview ?? (await buildEmptyPreview(services, issue));
  await writeIssuePreview(services.buckets.internal, issue, preview);
  if (built) await mailPreview(services, issue, built.draft, preview);
  const held = await services.issues.advance(issue, {
    state: 'held',
    previewed: issue.revision,
    subject: preview.subject,
    articles: built?.articleCount ?? 0,
  });
  if (held) await deleteIssuePreview(services.buckets.internal, issue, issue.revision - 1);
  return held;
};

const mailPreview = async (
  { mailer, publication, render, site, tokenKeys }: ComposeIssueServices,
  issue: Issue,
  draft: IssueDraft,
  preview: IssuePreview,
): Promise<void> => {
  const { keys } = await tokenKeys.getOrCreate();
  const mail = buildPreviewEmail(draft, {
    render,
    view: formatIssueUrl(site, issue),
    approve: buildApprovalLink(site, issue, keys),
    notes: formatPreviewNotes(preview, issue),
  });
  await mailer.sendOne({
    to: publication.sender.email,
    ...mail,
    headers: { 'Auto-Submitted': 'auto-generated' },
  });
};
