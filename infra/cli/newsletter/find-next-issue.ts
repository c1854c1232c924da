import { decideOpenIssue } from '../../../functions/core/newsletter/issue/decide-open-issue.ts';
import { formatIssueName, type Issue } from '../../../functions/core/newsletter/issue/issue-record.ts';
import type { Cadence, Publication } from '../../../functions/core/publication.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import { toAdjective } from './to-adjective.ts';

export const requireCadence = ({ digest }: Publication, cadence: Cadence): void => {
  if (digest[cadence] === undefined)
    throw new CliError(`The publication offers no ${toAdjective(cadence)} issues.`, exitCodes.notFound);
};

export const formatNothingPending = (cadence: Cadence): string =>
  `Nothing is waiting for the next ${toAdjective(cadence)} issue.`;

export const findOpenIssue = async (
  { cadenceStates, issues }: Pick<CliServices, 'cadenceStates' | 'issues'>,
  cadence: Cadence,
): Promise<Issue | undefined> => {
  const { open } = await cadenceStates.get(cadence);
  const issue = open && (await issues.get(formatIssueName({ cadence, number: open.number })));
  return issue?.at === open?.at ? issue : undefined;
};

/** States in which the content of an issue may still change. */
const unfinishedStates: readonly Issue['state'][] = ['composing', 'held', 'approved'];

export const findNextIssue = async (
  stores: Pick<CliServices, 'cadenceStates' | 'issues' | 'sentArticles' | 'build' | 'now'>,
  cadence: Cadence,
): Promise<Issue | undefined> => {
  const open = await findOpenIssue(stores, cadence);
  if (open && unfinishedStates.includes(open.state)) return open;
  const read = await stores.cadenceStates.get(cadence);
  const state = read.open ? { ...read, number: read.open.number, arrival: open?.upTo ?? read.open.upTo } : read;
  const { announced: lastArrival } = await stores.build.get();
  const { entries } = await stores.sentArticles.listPending(cadence, { after: state.arrival, upTo: lastArrival });
  const decision = decideOpenIssue({
    state,
    scheduledAt: stores.now().toISOString(),
    lastArrival,
    articleCount: entries.length,
    minimumArticles: 1,
  });
  if (decision.kind === 'none') return undefined;
  const counts = { articles: entries.length, batches: 0, planned: 0, queued: 0, revision: 0 };
  return { cadence, ...decision.open, subject: '', state: 'composing', ...counts };
};
