import type { Issue, IssueSummary } from '../../../functions/core/newsletter/issue/issue-record.ts';
import { formatCount, formatTable, formatTime } from '../output/format-values.ts';
import type { RecipientOutcomeCounts } from './count-outcomes.ts';
import type { IssueReport } from './list-issue-reports.ts';

/** An issue's sum: `planned 3 = sent 2 + failed 0 + suppressed 0 + uncertain 1`. */
export const formatIssueSum = (report: RecipientOutcomeCounts & { readonly planned: number }): string => {
  const { planned, sent, failed, suppressed, uncertain, waiting } = report;
  const sum = `planned ${planned} = sent ${sent} + failed ${failed} + suppressed ${suppressed} + uncertain ${uncertain}`;
  return waiting > 0 ? `${sum} + waiting ${waiting}` : sum;
};

const isCounted = (issue: Partial<IssueReport>): issue is IssueReport => issue.waiting !== undefined;

/** What is known of an issue; one of a large list is not counted. */
type KnownIssue = Pick<IssueSummary, 'at' | 'subject' | 'articles'> & Partial<IssueReport> & { readonly name: string };

const formatIssueState = (issue: KnownIssue): string | undefined => {
  if (issue.state === 'held') return 'waits for approval: its preview was mailed to the sender';
  if (issue.state === 'discarded') return 'discarded';
  if (isCounted(issue) && issue.state === 'sending') return formatIssueSum(issue);
  if (issue.state === 'sending') return `planned ${issue.planned}: npx seedpress issues counts its copies`;
  return issue.state && `being composed (${issue.state})`;
};

export const formatIssue = (issue: KnownIssue, timeZone: string): string[] => {
  const { name, at, articles, subject } = issue;
  const head = [name, formatTime(at, timeZone), formatCount(articles, 'article'), subject].join('  ').trimEnd();
  const state = formatIssueState(issue);
  return [head, ...(state === undefined ? [] : [`  ${state}`])];
};

/** Since when and why sending is held: `held since Tue 1 Dec 2026, 07:00: wrong picture`. */
export const formatPause = (
  paused: { readonly at: string; readonly reason: string } | undefined,
  timeZone: string,
): string => (paused ? `held since ${formatTime(paused.at, timeZone)}: ${paused.reason}` : 'on');

export const formatMismatches = (reports: readonly IssueReport[]): string[] =>
  reports
    .filter(({ addsUp }) => !addsUp)
    .map((report) => `${report.name} DOES NOT ADD UP: ${formatIssueSum(report).replace('=', '≠')}.`);

const toShownState = ({ state, waiting }: IssueReport): Issue['state'] | 'sent' =>
  state === 'sending' && waiting === 0 ? 'sent' : state;

const columns: readonly (readonly [heading: string, format: (report: IssueReport, timeZone: string) => string])[] = [
  ['Issue', ({ name, addsUp }) => (addsUp ? name : `! ${name}`)],
  ['Date', ({ at }, timeZone) => formatTime(at, timeZone)],
  ['State', toShownState],
  ['Articles', ({ articles }) => String(articles)],
  ['Planned', ({ planned }) => String(planned)],
  ['Sent', ({ sent }) => String(sent)],
  ['Failed', ({ failed }) => String(failed)],
  ['Suppressed', ({ suppressed }) => String(suppressed)],
  ['Uncertain', ({ uncertain }) => String(uncertain)],
  ['Waiting', ({ waiting }) => String(waiting)],
  ['Bounces', ({ hardBounces, softBounces }) => String(hardBounces + softBounces)],
  ['Complaints', ({ complaints }) => String(complaints)],
  ['Subject', ({ subject }) => subject],
];

export const formatIssues = (reports: readonly IssueReport[], timeZone: string): string[] => {
  if (reports.length === 0) return [];
  const rows = reports.map((report) => columns.map(([, format]) => format(report, timeZone)));
  return formatTable([columns.map(([heading]) => heading), ...rows]);
};
