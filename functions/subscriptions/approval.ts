import { readIssuePreview } from '../adapters/issue-previews.ts';
import { buildApprovalLink, parseApprovalToken } from '../core/newsletter/issue/approval.ts';
import { formatIssueName, type Issue } from '../core/newsletter/issue/issue-record.ts';
import { moveToPlaces, parseIssueEdits, type WrittenEdits } from '../core/newsletter/issue/parse-issue-edits.ts';
import { type ApprovalPage, renderApprovalPage } from '../core/newsletter/pages/render-approval-page.ts';
import { decideIssue } from './decide-issue.ts';
import { editIssue } from './edit-issue.ts';
import { changeCap, runWithinCap } from './increment-cap.ts';
import type { Reply, RequestContext, RequestHandler } from './request-handler.ts';

export const showApprovalPage: RequestHandler = async (context) => replyApproval(context, await findHeldIssue(context));

export const submitApproval: RequestHandler = async (context) => {
  const decision = context.form.get('decision');
  if (decision !== 'approve' && decision !== 'discard') return replyApproval(context, undefined);
  const issue = await findHeldIssue(context);
  if (!issue) return replyApproval(context, undefined);
  return runWithinCap(context, `decisions#${formatIssueName(issue)}`, changeCap, async () => {
    if (isChanged(context, issue)) return replyApproval(context, issue, changed);
    const decided = await decideIssue(context.services, issue, decision);
    return replyApproval(context, decided, decided?.state === 'held' ? changed : undefined);
  });
};

/** Saves the form of the approval page. */
export const saveIssueEdits: RequestHandler = async (context) => {
  const issue = await findHeldIssue(context);
  if (issue?.state !== 'held') return replyApproval(context, issue);
  return runWithinCap(context, `edits#${formatIssueName(issue)}`, changeCap, async () => {
    const preview = await readIssuePreview(context.services.buckets.internal, issue);
    const written = readWrittenEdits(context.form, new Set(preview?.articles.map(({ id }) => id)));
    const parsed = parseIssueEdits(written);
    if ('problem' in parsed) return replyApproval(context, issue, { status: 422, written, ...parsed });
    const edited = isChanged(context, issue) ? undefined : await editIssue(context.services, issue, parsed.edits);
    if (edited) return redirectToApproval(context, edited);
    const current = await findHeldIssue(context);
    return replyApproval(context, current, { status: 409, written, problem: unsavedProblem });
  });
};

const changed = {
  status: 409,
  problem: 'The issue was edited meanwhile. Look at it again before you decide.',
} as const;
const unsavedProblem =
  'Somebody else has edited the issue meanwhile. Your changes are below, and are not saved yet. If you save them, they replace the others.';

/** Whether the page that was sent showed an earlier revision. */
const isChanged = ({ form }: RequestContext, { revision }: Issue): boolean => {
  const shown = form.get('revision');
  return shown !== null && shown !== String(revision);
};

/** The articles are numbered in the order in which they were shown. */
const readRows = (form: URLSearchParams, known: ReadonlySet<string>) => {
  const rows: { readonly id: string; readonly place: number; readonly isLeftOut: boolean }[] = [];
  for (let number = 1; ; number += 1) {
    const id = form.get(`article-${number}`);
    if (id === null) return rows;
    if (!known.has(id)) continue;
    const place = Number.parseInt(form.get(`place-${number}`) ?? '', 10) || number;
    rows.push({ id, place, isLeftOut: form.has(`leave-out-${number}`) });
  }
};

const readWrittenEdits = (form: URLSearchParams, known: ReadonlySet<string>): WrittenEdits => {
  const rows = readRows(form, known);
  const moved = moveToPlaces(
    rows,
    rows.map(({ place }) => place),
  );
  const isOrdered = form.has('ordered') || moved.some((row, index) => row !== rows[index]);
  return {
    subject: form.get('subject') ?? '',
    introduction: form.get('introduction') ?? '',
    order: isOrdered ? moved.map(({ id }) => id) : [],
    leftOut: rows.filter(({ isLeftOut }) => isLeftOut).map(({ id }) => id),
  };
};

/** The issue that the token was signed for. One of another instant had the number before. */
const findHeldIssue = async ({ services, keyring, now, token }: RequestContext): Promise<Issue | undefined> => {
  const held = parseApprovalToken(token, keyring.keys, now);
  const issue = held && (await services.issues.get(held.name));
  return issue?.at === held?.at ? issue : undefined;
};

/** By GET, so that loading the page again does not save again. */
const redirectToApproval = ({ keyring }: RequestContext, issue: Issue): Reply => ({
  status: 303,
  body: '',
  headers: { location: buildApprovalLink('', issue, keyring.keys) },
});

const replyApproval = async (
  { page, services, token }: RequestContext,
  issue: Issue | undefined,
  refused?: Pick<ApprovalPage, 'written' | 'problem' | 'field'> & Pick<Reply, 'status'>,
): Promise<Reply> => {
  const preview = issue?.state === 'held' ? await readIssuePreview(services.buckets.internal, issue) : undefined;
  return {
    // Not 404: CloudFront would show the site's own page for it.
    status: refused?.status ?? (issue ? 200 : 410),
    body: renderApprovalPage(page, { issue, preview, token, ...refused }),
  };
};
