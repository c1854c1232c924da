import type { IssuePreview } from '../../../../functions/core/newsletter/digest/issue-preview.ts';
import type { Issue } from '../../../../functions/core/newsletter/issue/issue-record.ts';
import { renderApprovalPage } from '../../../../functions/core/newsletter/pages/render-approval-page.ts';
import { renderIssueContent } from '../../../../functions/core/newsletter/pages/render-issue-content.ts';
import { renderIssuePage } from '../../../../functions/core/newsletter/pages/render-issue-page.ts';
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

const token = 'AwEiMzREVWZ3iJmqu8zd7v8AESIz';
const heldIssue: Issue = {
  ...issues[0],
  after: 0,
  upTo: 4,
  state: 'held',
  batches: 0,
  planned: 0,
  queued: 0,
  revision: 0,
  previewed: 0,
};
const editedIssue: Issue = {
  ...heldIssue,
  revision: 3,
  subject: 'A quiet week',
  chosenSubject: 'A quiet week',
  introduction: 'Dear readers,\n\nthis week was *quiet*.',
  order: ['urn:uuid:2', 'urn:uuid:1', 'urn:uuid:3', 'urn:uuid:4'],
  leftOut: ['urn:uuid:4'],
};
const preview: IssuePreview = {
  at: heldIssue.at,
  revision: 0,
  subject,
  articles: [
    { id: 'urn:uuid:1', title: 'A year of tides, counted by hand', form: 'full' },
    { id: 'urn:uuid:2', title: 'فنار الميناء يعود إلى العمل', form: 'excerpt' },
    {
      id: 'urn:uuid:3',
      title: 'Letters under the third bench, and what the harbour office made of them',
      form: 'title',
    },
    { id: 'urn:uuid:4', title: 'Ebb & flow', form: 'leftOut' },
  ],
};

/** Every page that has to do with issues, by a short name. */
export const renderAllIssuePages = (site: PageContext): Readonly<Record<string, string>> => ({
  issues: renderIssuesPage(site, { issues, years: ['2026', '2025'] }),
  'issues-year': renderIssuesPage(site, { issues, years: ['2026', '2025'], year: '2026' }),
  'issues-empty': renderIssuesPage(site, { issues: [], years: [] }),
  issue: renderIssuePage(
    site,
    issues[0],
    renderIssueContent(site, {
      introduction: '<p>Dear readers, <strong>tides</strong> again.</p>',
      entries: [tidesEntry, arabicPageEntry, { ...tidesEntry, slug: 'also' }],
      forms: ['full', 'excerpt', 'title'],
      corrections: [{ ...tidesEntry, correction }],
      hasMore: true,
    }),
    {
      earlier: { ...issues[0], number: 1_011, subject: 'Nets' },
      later: { ...issues[0], number: 1_013, subject: 'Sails' },
    },
  ),
  'approval-held': renderApprovalPage(site, { issue: heldIssue, preview, token }),
  'approval-edited': renderApprovalPage(site, {
    issue: editedIssue,
    preview: { ...preview, revision: 3 },
    token,
  }),
  'approval-waiting': renderApprovalPage(site, { issue: editedIssue, preview, token }),
  'approval-refused': renderApprovalPage(site, {
    issue: editedIssue,
    preview: { ...preview, revision: 3 },
    token,
    written: {
      subject: 'Mine <b>',
      introduction: 'My own</textarea>\n"introduction"',
      order: ['urn:uuid:3', 'urn:uuid:1'],
      leftOut: ['urn:uuid:1'],
    },
    problem: 'Somebody else has edited the issue meanwhile.',
  }),
  'approval-approved': renderApprovalPage(site, {
    issue: { ...heldIssue, state: 'sending' },
    preview: undefined,
    token: '',
  }),
  'approval-unknown': renderApprovalPage(site, { issue: undefined, preview: undefined, token: '' }),
  'article-corrected': renderArticlePage(site, { ...tidesEntry, correction }),
  'article-rtl-corrected': renderArticlePage(site, { ...arabicPageEntry, correction }),
});
