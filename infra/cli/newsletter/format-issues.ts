import { formatTable } from '../output/format-table.ts';
import type { RecipientOutcomeCounts } from './count-outcomes.ts';
import type { IssueReport } from './list-issue-reports.ts';

const toShownState = ({ state, waiting }: IssueReport): string =>
  state === 'sending' && waiting === 0 ? 'sent' : state;

/** An issue's sum: `planned 3 = sent 2 + failed 0 + suppressed 0 + uncertain 1`. */
export const formatIssueSum = (report: RecipientOutcomeCounts & { readonly planned: number }): string => {
  const { planned, sent, failed, suppressed, uncertain, waiting } = report;
  const sum = `planned ${planned} = sent ${sent} + failed ${failed} + suppressed ${suppressed} + uncertain ${uncertain}`;
  return waiting > 0 ? `${sum} + waiting ${waiting}` : sum;
};

/** What is wrong with issues that do not add up, a line each. */
export const formatMismatches = (reports: readonly IssueReport[]): string[] =>
  reports
    .filter(({ addsUp }) => !addsUp)
    .map((report) => `${report.name} DOES NOT ADD UP: ${formatIssueSum(report).replace('=', '≠')}.`);

const headings = [
  ...['Issue', 'dated', 'state', 'articles', 'planned', 'sent', 'failed', 'suppressed', 'uncertain'],
  ...['waiting', 'bounces', 'complaints', 'subject'],
];

/** Issues as a table. Bounces are hard and soft ones. */
export const formatIssues = (reports: readonly IssueReport[]): string =>
  formatTable([
    headings,
    ...reports.map((report) => {
      const { name, at, articles, planned, sent, failed, suppressed, uncertain, waiting } = report;
      const { hardBounces, softBounces, complaints, subject, addsUp } = report;
      const numbers = [articles, planned, sent, failed, suppressed, uncertain, waiting];
      return [
        ...[addsUp ? name : `! ${name}`, at.slice(0, 16), toShownState(report)],
        ...[...numbers, hardBounces + softBounces, complaints].map(String),
        subject,
      ];
    }),
  ]);
