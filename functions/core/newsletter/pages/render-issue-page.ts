import { selectPageMessages } from '../../messages.ts';
import { selectScheduledCadences } from '../../publication.ts';
import type { PageContext } from '../../site/page-context.ts';
import { renderDocument, toHref } from '../../site/render-document.ts';
import { buildSignUpFormView } from '../../site/sign-up-form.ts';
import { sitePaths } from '../../site-paths.ts';
import { formatDate } from '../../text/format-date.ts';
import { formatIssueName, type IssueSummary } from '../issue/issue-record.ts';

type LinkedIssue = Pick<IssueSummary, 'cadence' | 'number' | 'subject'>;

export interface IssueNeighbours {
  readonly earlier?: LinkedIssue | undefined;
  readonly later?: LinkedIssue | undefined;
}

const toIssuePath = (issue: LinkedIssue): string => sitePaths.issue(formatIssueName(issue), 'html');

const toIssueLink = (issue: LinkedIssue | undefined) =>
  issue && { href: toHref(toIssuePath(issue)), subject: issue.subject };

/** @param content from `renderIssueContent` */
export const renderIssuePage = (
  context: PageContext,
  issue: LinkedIssue & Pick<IssueSummary, 'at'>,
  content: string,
  { earlier, later }: IssueNeighbours,
): string => {
  const { publication } = context;
  const messages = selectPageMessages(context);
  const cadence = messages[issue.cadence];
  const date = formatDate(issue.at, publication, true);
  return renderDocument(
    context,
    'issue',
    {
      title: issue.subject,
      description: `${cadence}, ${date.text} · ${publication.title}`,
      path: toIssuePath(issue),
      feeds: { title: `${publication.title}: ${messages.issues}`, paths: sitePaths.issueFeeds },
      ...(earlier && { previous: toIssuePath(earlier) }),
      ...(later && { next: toIssuePath(later) }),
    },
    {
      subject: issue.subject,
      cadence,
      date,
      content,
      issuesLink: selectScheduledCadences(publication).length > 0 ? toHref(sitePaths.issues) : undefined,
      form: buildSignUpFormView(context, 'issue'),
      earlier: toIssueLink(earlier),
      later: toIssueLink(later),
      hasNeighbours: earlier !== undefined || later !== undefined,
    },
  );
};
