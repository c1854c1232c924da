import { type Issue, issueName } from '../../../functions/core/newsletter/records.ts';
import { type Cadence, cadences } from '../../../functions/core/publication.ts';
import { inParallel } from '../../../functions/publishing/in-parallel.ts';
import { createOutcomeCounter, type Outcomes } from './count-outcomes.ts';
import type { Ledger } from './open-ledger.ts';

/** Issues that are counted at once. */
const atOnce = 4;

/** Rule 6: planned = sent + failed + suppressed + uncertain, and those who wait; once it is known how many are planned. */
const addsUp = ({ state, planned }: Issue, outcomes: Outcomes): boolean => {
  const { sent, failed, suppressed, uncertain, waiting } = outcomes;
  const isPlanned = state === 'queueing' || state === 'sending';
  return !isPlanned || planned === sent + failed + suppressed + uncertain + waiting;
};

/** An issue with its numbers: recipients by outcome, and readers of whom feedback came. */
export const reportIssue = async (ledger: Pick<Ledger, 'batches' | 'feedback'>, issue: Issue) => {
  const name = issueName(issue);
  const { at, state, subject, articles, planned } = issue;
  const outcomes = await createOutcomeCounter(ledger, name)();
  const { hardBounce, softBounce, complaint, lost } = await ledger.feedback.numbers(name);
  return {
    ...{ name, at, state, subject, articles, planned, ...outcomes },
    ...{ hardBounces: hardBounce, softBounces: softBounce, complaints: complaint, lost },
    addsUp: addsUp(issue, outcomes),
  };
};

export type IssueReport = Awaited<ReturnType<typeof reportIssue>>;

/** The last issues, newest first: of one cadence, or of each. Reads every delivery batch of them. */
export const gatherIssues = async (
  ledger: Pick<Ledger, 'batches' | 'feedback' | 'issues'>,
  { cadence, limit }: { readonly cadence?: Cadence; readonly limit: number },
): Promise<IssueReport[]> => {
  const names: string[] = [];
  for (const each of cadence ? [cadence] : cadences) {
    const { open, number: closed } = await ledger.issues.cadence(each);
    const last = open?.number ?? closed;
    for (let number = last; number > Math.max(0, last - limit); number -= 1)
      names.push(issueName({ cadence: each, number }));
  }
  const reports = await inParallel(
    names,
    async (name) => {
      const issue = await ledger.issues.get(name);
      return issue && reportIssue(ledger, issue);
    },
    atOnce,
  );
  return reports.flatMap((report) => report ?? []);
};
