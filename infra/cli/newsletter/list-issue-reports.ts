import { formatIssueName, type Issue } from '../../../functions/core/newsletter/issue/issue-record.ts';
import { type Cadence, cadences } from '../../../functions/core/publication.ts';
import { mapInParallel } from '../../../functions/platform/concurrency.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { createOutcomeCounter, type RecipientOutcomeCounts } from './count-outcomes.ts';

const maxConcurrentIssues = 4;

/**
 * Rule 6: planned = sent + failed + suppressed + uncertain, and those who wait; once it is known how many are planned.
 */
const isBalanced = ({ state, planned }: Issue, outcomes: RecipientOutcomeCounts): boolean => {
  const { sent, failed, suppressed, uncertain, waiting } = outcomes;
  const isPlanned = state === 'queueing' || state === 'sending';
  return !isPlanned || planned === sent + failed + suppressed + uncertain + waiting;
};

export const readIssueReport = async (stores: Pick<CliServices, 'batches' | 'feedback'>, issue: Issue) => {
  const name = formatIssueName(issue);
  const { at, state, subject, articles, planned } = issue;
  const outcomes = await createOutcomeCounter(stores, name)();
  const { hardBounce, softBounce, complaint, notSent } = await stores.feedback.countByKind(name);
  return {
    name,
    at,
    state,
    subject,
    articles,
    planned,
    ...outcomes,
    hardBounces: hardBounce,
    softBounces: softBounce,
    complaints: complaint,
    notSent,
    addsUp: isBalanced(issue, outcomes),
  };
};

export type IssueReport = Awaited<ReturnType<typeof readIssueReport>>;

/** The latest issues of one cadence or of each, newest first. Reads every delivery batch of them. */
export const listIssueReports = async (
  stores: Pick<CliServices, 'batches' | 'cadenceStates' | 'feedback' | 'issues'>,
  { cadence, limit }: { readonly cadence?: Cadence; readonly limit: number },
): Promise<IssueReport[]> => {
  const names: string[] = [];
  for (const each of cadence ? [cadence] : cadences) {
    const { open, number: closed } = await stores.cadenceStates.get(each);
    const last = open?.number ?? closed;
    for (let number = last; number > Math.max(0, last - limit); number -= 1)
      names.push(formatIssueName({ cadence: each, number }));
  }
  const reports = await mapInParallel(
    names,
    async (name) => {
      const issue = await stores.issues.get(name);
      return issue && readIssueReport(stores, issue);
    },
    maxConcurrentIssues,
  );
  return reports.flatMap((report) => report ?? []).toSorted((a, b) => b.at.localeCompare(a.at));
};
