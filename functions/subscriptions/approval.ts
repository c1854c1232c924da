import { parseApprovalToken } from '../core/newsletter/issue/approval.ts';
import { formatIssueName, type Issue } from '../core/newsletter/issue/issue-record.ts';
import { renderApprovalPage } from '../core/newsletter/pages/render-approval-page.ts';
import { decideIssue } from './decide-issue.ts';
import { changeCap, runWithinCap } from './increment-cap.ts';
import type { Reply, RequestContext, RequestHandler } from './request-handler.ts';

export const showApprovalPage: RequestHandler = async (context) => replyApproval(context, await findHeldIssue(context));

export const submitApproval: RequestHandler = async (context) => {
  const decision = context.form.get('decision');
  if (decision !== 'approve' && decision !== 'discard') return replyApproval(context, undefined);
  const issue = await findHeldIssue(context);
  if (!issue) return replyApproval(context, undefined);
  return runWithinCap(context, `decisions#${formatIssueName(issue)}`, changeCap, async () =>
    replyApproval(context, await decideIssue(context.services, issue, decision)),
  );
};

/** The issue that the token was signed for. One of another instant had the number before. */
const findHeldIssue = async ({ services, keyring, now, token }: RequestContext): Promise<Issue | undefined> => {
  const held = parseApprovalToken(token, keyring.keys, now);
  const issue = held && (await services.issues.get(held.name));
  return issue?.at === held?.at ? issue : undefined;
};

const replyApproval = ({ page, token }: RequestContext, issue: Issue | undefined): Reply => ({
  // Not 404: CloudFront would show the site's own page for it.
  status: issue ? 200 : 410,
  body: renderApprovalPage(page, {
    state: issue?.state ?? 'unknown',
    subject: issue?.subject ?? '',
    token,
  }),
});
