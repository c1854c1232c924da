import { renderApprovalPage } from '../../../../functions/core/newsletter/pages/render-approval-page.ts';
import { renderIssuesPage } from '../../../../functions/core/newsletter/pages/render-issues-page.ts';
import type { PageContext } from '../../../../functions/core/site/page-context.ts';
import { renderArticlePage } from '../../../../functions/core/site/render-article-page.ts';
import { arabicPageEntry, tidesEntry } from '../../site/sample-entries.ts';

const issues = [
  {
    cadence: 'daily',
    number: 1_012,
    at: '2026-11-24T07:00:00.000Z',
    subject: 'A year of tides, counted by hand and 3 more',
    articles: 4,
  },
  {
    cadence: 'weekly',
    number: 2,
    at: '2026-11-23T07:00:00.000Z',
    subject: 'فنار الميناء يعود إلى العمل and 1,204 more',
    articles: 100,
  },
] as const;

const correction = { text: 'It was the south bank & not the north.', at: '2026-11-24T08:00:00.000Z' };
const subject = issues[0].subject;

/** Every page that has to do with issues, by a short name. */
export const renderAllIssuePages = (site: PageContext): Readonly<Record<string, string>> => ({
  issues: renderIssuesPage(site, { issues, years: ['2026', '2025'] }),
  'issues-year': renderIssuesPage(site, { issues, years: ['2026', '2025'], year: '2026' }),
  'issues-empty': renderIssuesPage(site, { issues: [], years: [] }),
  'approval-held': renderApprovalPage(site, {
    state: 'held',
    subject,
    token: 'AwEiMzREVWZ3iJmqu8zd7v8AESIz',
  }),
  'approval-approved': renderApprovalPage(site, { state: 'sending', subject, token: '' }),
  'approval-unknown': renderApprovalPage(site, { state: 'unknown', subject: '', token: '' }),
  'article-corrected': renderArticlePage(site, { ...tidesEntry, correction }),
  'article-rtl-corrected': renderArticlePage(site, { ...arabicPageEntry, correction }),
});
