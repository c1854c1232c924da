import { DateTime } from 'luxon';
import { formatIssueName, type Issue } from '../../../functions/core/newsletter/issue/issue-record.ts';
import type { Cadence } from '../../../functions/core/publication.ts';
import { sitePaths, toSiteUrl } from '../../../functions/core/site-paths.ts';
import { connect } from '../connection/connect.ts';
import { countReaders } from '../connection/count-readers.ts';
import { type CliServices, createCliServices } from '../connection/create-cli-services.ts';
import type { RecipientOutcomeCounts } from '../newsletter/count-outcomes.ts';
import { requireCadence } from '../newsletter/find-next-issue.ts';
import { followIssue, type IssueFollowResult } from '../newsletter/follow-issue.ts';
import { formatIssue, formatIssueSum, formatMismatches } from '../newsletter/format-issues.ts';
import { readIssueReport } from '../newsletter/list-issue-reports.ts';
import { requestIssue } from '../newsletter/request-issue.ts';
import { toAdjective } from '../newsletter/to-adjective.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import { formatCount } from '../output/format-values.ts';
import { type ChangeOptions, type Io, printResult, requireConfirmation } from '../output/io.ts';
import { runWithProgress } from '../output/run-with-progress.ts';

interface Options extends ChangeOptions {
  readonly wait: boolean;
  readonly at?: string;
}

const followMessages: Readonly<Record<IssueFollowResult, string>> = {
  sent: 'is sent',
  held: 'waits for approval: its preview was mailed to the sender',
  discarded: 'was discarded: none of its articles was left',
  paused: 'is waiting: all sending is held',
  quietHours: 'continues on its own after the quiet hours',
  timedOut: 'continues on its own: nothing has changed for five minutes',
};

export const runIssueCompose = async (cadence: Cadence, options: Options, io: Io): Promise<void> => {
  const connection = await connect(options, io);
  const stores = createCliServices(connection);
  requireCadence(stores.publication, cadence);
  const at = options.at === undefined ? undefined : parseTime(options.at, stores.publication.timeZone);
  // What was uploaded a moment ago belongs into the issue.
  await connection.local?.waitUntilIdle();
  const confirm = async (issue: Issue): Promise<void> => {
    if (options.yes) return;
    await requireConfirmation(io, await formatQuestion(stores, issue), options);
  };
  const requested = await requestIssue(stores, { cadence, at, confirm });
  if ('none' in requested) {
    io.err(requested.none);
    return printResult(io, options, { issue: null }, []);
  }
  const { name } = requested;
  const result = options.wait ? await follow(stores, name, io) : undefined;
  io.err(`${name} ${result ? followMessages[result] : 'is being composed'}.`);
  // Bounces of the mails are recorded, too.
  if (result === 'sent') await connection.local?.waitUntilIdle();
  const issue = await stores.issues.get(name);
  if (!issue) return;
  const report = await readIssueReport(stores, issue);
  const page = toSiteUrl(stores.site, sitePaths.issue(name, 'html'));
  const places = connection.local ? `${page}  ${connection.local.inbox}/` : page;
  const lines = [...formatIssue(report, stores.publication.timeZone), `  ${places}`];
  printResult(io, options, { issue: report }, lines);
  const [mismatch] = formatMismatches([report]);
  if (mismatch) throw new CliError(mismatch);
};

const parseTime = (written: string, timeZone: string): Date => {
  const time = DateTime.fromISO(written, { zone: timeZone });
  if (time.isValid) return time.toJSDate();
  throw new CliError(`--at takes a time such as 2026-12-01T07:00, not "${written}".`, exitCodes.usage);
};

const formatQuestion = async (stores: CliServices, issue: Issue): Promise<string> => {
  const name = formatIssueName(issue);
  if (issue.planned > 0) return `${name} is being sent. Send the next ${toAdjective(issue.cadence)} issue after it?`;
  const readers = (await countReaders(stores.subscribers))[issue.cadence];
  return `Mail ${name} with ${formatCount(issue.articles, 'article')} to ${formatCount(readers, 'subscriber')} now?`;
};

const follow = (stores: CliServices, name: string, io: Io): Promise<IssueFollowResult> =>
  runWithProgress(io, (showProgress) => {
    const show = ({ planned, state }: Issue, outcomes: RecipientOutcomeCounts): void => {
      const isPlanned = state === 'queueing' || state === 'sending';
      const part = isPlanned && planned > 0 ? (planned - outcomes.waiting) / planned : 0;
      showProgress(part, isPlanned ? formatIssueSum({ planned, ...outcomes }) : `${name} is ${state}`);
    };
    return followIssue(stores, name, show);
  });
