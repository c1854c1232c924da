import { DateTime, type DurationLikeObject } from 'luxon';
import { formatIssueName } from '../../../functions/core/newsletter/issue/issue-record.ts';
import { cadences } from '../../../functions/core/publication.ts';
import { connect } from '../connection/connect.ts';
import { type CliServices, createCliServices } from '../connection/create-cli-services.ts';
import { formatIssue } from '../newsletter/format-issues.ts';
import { type IssueReport, readIssueReport } from '../newsletter/list-issue-reports.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import { formatCount, formatTime } from '../output/format-values.ts';
import { type GlobalOptions, type Io, printResult } from '../output/io.ts';

export const runClockAdvance = async (duration: DurationLikeObject, options: GlobalOptions, io: Io): Promise<void> => {
  const connection = await connect({ ...options, local: true }, io);
  if (!connection.local) throw new CliError('Only a local run has a clock of its own.', exitCodes.usage);
  const stores = createCliServices(connection);
  const { timeZone } = stores.publication;
  const until = DateTime.fromJSDate(connection.now(), { zone: timeZone }).plus(duration).toJSDate();
  const reports: IssueReport[] = [];
  for (let now = connection.now(); now < until; ) {
    const before = now;
    now = await connection.local.advanceClock(until);
    for (const report of await readIssuesOpened(stores, before, now)) {
      reports.push(report);
      if (!options.json) io.out(...formatIssue(report, timeZone));
    }
  }
  const issues = await Promise.all(reports.map((report) => readAgain(stores, report)));
  const later = issues.filter((report, index) => report !== reports[index]);
  const outcome = issues.length === 0 ? 'no issue: nothing was waiting' : formatCount(issues.length, 'issue');
  printResult(io, options, { now: until.toISOString(), issues }, [
    ...later.flatMap((report) => {
      const [head, ...more] = formatIssue(report, timeZone);
      return [`Later: ${head}`, ...more];
    }),
    `${formatPassedTime(duration)} passed, ${outcome}. It is ${formatTime(until, timeZone)} now.`,
  ]);
};

const readIssuesOpened = async (stores: CliServices, after: Date, upTo: Date): Promise<IssueReport[]> => {
  const opened = await Promise.all(
    cadences.map(async (cadence) => {
      const { at, number, open } = await stores.cadenceStates.get(cadence);
      if (at === undefined || at <= after.toISOString() || at > upTo.toISOString()) return undefined;
      const issue = await stores.issues.get(formatIssueName({ cadence, number: open?.number ?? number }));
      return issue && readIssueReport(stores, issue);
    }),
  );
  return opened.flatMap((report) => report ?? []);
};

const readAgain = async (stores: CliServices, report: IssueReport): Promise<IssueReport> => {
  const issue = report.waiting > 0 ? await stores.issues.get(report.name) : undefined;
  return issue ? readIssueReport(stores, issue) : report;
};

const formatPassedTime = (duration: DurationLikeObject): string =>
  Object.entries(duration)
    .map(([unit, count]) => formatCount(count, unit.replace(/s$/, '')))
    .join(' ');
