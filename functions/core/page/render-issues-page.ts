import { newsletterPaths } from '../newsletter/paths.ts';
import { type IssueLine, issueName } from '../newsletter/records.ts';
import { sitePaths } from '../site-paths.ts';
import { linkTo, renderDocument } from './document.ts';
import { formatMoment } from './moment.ts';
import type { SitePage } from './site-page.ts';
import { fillPhrase, readWords } from './words.ts';

/** The issues that went out: the latest, or with `year` all of one year. */
export interface IssuesPage {
  /** Newest first. */
  readonly issues: readonly IssueLine[];
  /** All years since the first issue, such as `2026`, newest first. */
  readonly years: readonly string[];
  readonly year?: string;
}

/** The archive of issues: each leads to the letter as it was sent. */
export const renderIssuesPage = (context: SitePage, { issues, years, year }: IssuesPage): string => {
  const { publication } = context;
  const { language } = publication;
  const words = readWords(context);
  const title = year === undefined ? words.issues : `${words.issues}, ${year}`;
  return renderDocument(
    context,
    'issues',
    {
      title,
      description: `${title} · ${publication.title}: ${publication.description}`,
      path: year === undefined ? newsletterPaths.issues : newsletterPaths.issuesOf(year),
      feeds: { title: `${publication.title}: ${words.issues}`, paths: newsletterPaths.issueFeeds },
    },
    {
      year,
      issues: issues.map((issue) => ({
        title: issue.subject,
        href: linkTo(newsletterPaths.issue(issueName(issue), 'html')),
        edition: words[issue.cadence],
        size: fillPhrase(words.issueSize, { count: issue.articles.toLocaleString(language) }),
        moment: formatMoment(issue.at, publication, true),
      })),
      years: years.map((other) => ({
        name: other,
        href: linkTo(newsletterPaths.issuesOf(other)),
        here: other === year,
      })),
      issuesLink: newsletterPaths.issues,
      archiveLink: sitePaths.archive,
      feedLink: newsletterPaths.issueFeeds.rss,
    },
  );
};
