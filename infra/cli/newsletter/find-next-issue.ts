import { decideOpenIssue } from '../../../functions/core/newsletter/issue/decide-open-issue.ts';
import { formatIssueName, type Issue } from '../../../functions/core/newsletter/issue/issue-record.ts';
import type { Cadence, Publication } from '../../../functions/core/publication.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';

/** @throws {CliError} where the publication has no digest of the cadence */
export const requireCadence = ({ digest }: Publication, cadence: Cadence): void => {
  if (digest[cadence] === undefined)
    throw new CliError(`The publication has no ${cadence} digest.`, exitCodes.notFound);
};

export const formatNothingPending = (cadence: Cadence): string =>
  `Nothing waits for the next ${cadence} issue.`;

/** The issue of a cadence that is under way, if any. */
export const findOpenIssue = async (
  { cadenceStates, issues }: Pick<CliServices, 'cadenceStates' | 'issues'>,
  cadence: Cadence,
): Promise<Issue | undefined> => {
  const { open } = await cadenceStates.get(cadence);
  const issue = open && (await issues.get(formatIssueName({ cadence, number: open.number })));
  return issue?.at === open?.at ? issue : undefined;
};

/** States in which what an issue says is not settled yet. */
const unfinishedStates: readonly Issue['state'][] = ['composing', 'held', 'approved'];

/** The issue of a cadence that readers have not been promised yet, as it would be now; undefined where nothing waits. */
export const findNextIssue = async (
  ledger: Pick<CliServices, 'cadenceStates' | 'issues' | 'sentArticles' | 'build' | 'now'>,
  cadence: Cadence,
): Promise<Issue | undefined> => {
  const underWay = await findOpenIssue(ledger, cadence);
  if (underWay && unfinishedStates.includes(underWay.state)) return underWay;
  const state = await ledger.cadenceStates.get(cadence);
  const before = state.open ? { ...state, number: state.open.number, arrival: state.open.upTo } : state;
  const { announced: lastArrival } = await ledger.build.get();
  const { entries } = await ledger.sentArticles.listPending(cadence, {
    after: before.arrival,
    upTo: lastArrival,
  });
  const scheduledAt = ledger.now().toISOString();
  const found = {
    state: before,
    scheduledAt: scheduledAt,
    lastArrival: lastArrival,
    articleCount: entries.length,
    minimumArticles: 1,
  };
  const decision = decideOpenIssue(found);
  if (decision.kind === 'none') return undefined;
  const counts = { articles: entries.length, batches: 0, planned: 0, queued: 0 };
  return { cadence, ...decision.open, subject: '', state: 'composing', ...counts };
};
