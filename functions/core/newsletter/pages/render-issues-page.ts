import { selectPageMessages } from '../../messages.ts';
import type { PageContext } from '../../site/page-context.ts';
import { renderDocument, toHref } from '../../site/render-document.ts';
import { sitePaths } from '../../site-paths.ts';
import { formatDate } from '../../text/format-date.ts';
import { interpolate } from '../../text/interpolate.ts';
import { formatIssueName, type IssueSummary } from '../issue/issue-record.ts';

export interface IssuesPage {
  readonly issues: readonly IssueSummary[];
  readonly years: readonly string[];
  readonly year?: string;
}

export const renderIssuesPage = (context: PageContext, { issues, years, year }: IssuesPage): string => {
  const { publication } = context;
  const { language } = publication;
  const messages = selectPageMessages(context);
  const title = year === undefined ? messages.issues : `${messages.issues}, ${year}`;
  return renderDocument(
    context,
    'issues',
    {
      title,
      description: `${title} · ${publication.title}: ${publication.description}`,
      path: year === undefined ? sitePaths.issues : sitePaths.issuesOfYear(year),
      feeds: { title: `${publication.title}: ${messages.issues}`, paths: sitePaths.issueFeeds },
    },
    {
      year,
      issues: issues.map((issue) => ({
        title: issue.subject,
        href: toHref(sitePaths.issue(formatIssueName(issue), 'html')),
        cadence: messages[issue.cadence],
        size: interpolate(messages.issueSize, { count: issue.articles.toLocaleString(language) }),
        date: formatDate(issue.at, publication, true),
      })),
      years: years.map((other) => ({
        name: other,
        href: toHref(sitePaths.issuesOfYear(other)),
        isCurrent: other === year,
      })),
      issuesLink: sitePaths.issues,
      archiveLink: sitePaths.archive,
      feedLink: sitePaths.issueFeeds.rss,
    },
  );
};
