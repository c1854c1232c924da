import type { PageContext } from '../../site/page-context.ts';
import { renderDocument, toHref } from '../../site/render-document.ts';
import { sitePaths } from '../../site-paths.ts';
import { formatPreviewNotes, type IssuePreview, type PlacedForm } from '../digest/issue-preview.ts';
import type { Issue } from '../issue/issue-record.ts';
import { maxChosenSubjectLength, maxIntroductionLength, type WrittenEdits } from '../issue/parse-issue-edits.ts';

export interface ApprovalPage {
  /** Undefined for a link that belongs to none. */
  readonly issue: Issue | undefined;
  /** Of an earlier revision while that of this one is made. */
  readonly preview: IssuePreview | undefined;
  readonly token: string;
  /** What was sent and not saved. */
  readonly written?: WrittenEdits;
  readonly problem?: string;
  /** Which the problem is about. */
  readonly field?: 'subject' | 'introduction';
}

/** The operator's pages are in English, as logs and reports are. */
const selectApprovalMessages = (issue: Issue | undefined): { heading: string; lede: string } => {
  if (issue?.state === 'held')
    return {
      heading: 'An issue is waiting for your approval',
      lede: `“${issue.subject}” will not be sent until you approve it. If you discard it, its articles wait for the next issue.`,
    };
  if (!issue || issue.state === 'composing')
    return {
      heading: 'Issue not found',
      lede: 'This link does not belong to an issue that you can approve.',
    };
  if (issue.state === 'discarded')
    return { heading: 'The issue was discarded', lede: 'Its articles wait for the next issue.' };
  return { heading: 'The issue was approved', lede: `“${issue.subject}” is on its way to your readers.` };
};

const formNames: Readonly<Record<PlacedForm, string>> = {
  full: 'in full',
  excerpt: 'summary only',
  title: 'title only',
  left: 'not in the mail, which is full',
  leftOut: 'left out',
};

export const renderApprovalPage = (context: PageContext, page: ApprovalPage): string => {
  const { issue, preview, token, problem } = page;
  const isCurrent = preview !== undefined && preview.revision === issue?.revision;
  const { heading, lede } = selectApprovalMessages(issue);
  const isHeld = issue?.state === 'held';
  const view = {
    heading,
    lede,
    problem,
    held: isHeld && {
      token,
      revision: issue.revision,
      again: `${toHref(sitePaths.subscriptions.approve)}?token=${encodeURIComponent(token)}`,
      actions: {
        approve: toHref(sitePaths.subscriptions.approve),
        edit: toHref(sitePaths.subscriptions.editIssue),
      },
      isSaved: problem === undefined && issue.revision > 0,
      isCurrent,
      notes: isCurrent ? formatPreviewNotes(preview, issue) : [],
      form: preview && buildEditForm(page, issue, preview),
    },
  };
  return renderDocument(context, 'approval', { title: heading, description: heading }, view);
};

const buildEditForm = ({ written, field }: ApprovalPage, issue: Issue, preview: IssuePreview) => {
  const shown = written ?? {
    subject: issue.chosenSubject ?? '',
    introduction: issue.introduction ?? '',
    order: issue.order ?? [],
    leftOut: issue.leftOut ?? [],
  };
  const placeOf = (id: string): number => (shown.order.includes(id) ? shown.order.indexOf(id) : shown.order.length);
  return {
    maxSubjectLength: maxChosenSubjectLength,
    maxIntroductionLength,
    subject: shown.subject,
    isSubjectRefused: field === 'subject',
    isIntroductionRefused: field === 'introduction',
    introduction: shown.introduction,
    isOrdered: shown.order.length > 0,
    articles: preview.articles
      .toSorted((a, b) => placeOf(a.id) - placeOf(b.id))
      .map(({ id, title, form }, index) => ({
        id,
        title,
        form: preview.revision === issue.revision ? formNames[form] : '',
        place: index + 1,
        last: preview.articles.length,
        isLeftOut: shown.leftOut.includes(id),
      })),
  };
};
