import { decideOpenIssue } from '../core/newsletter/issue/decide-open-issue.ts';
import type { CadenceState } from '../core/newsletter/issue/issue-record.ts';
import type { Cadence } from '../core/publication.ts';
import type { ComposeIssueServices } from './services.ts';

const logMessages = {
  alreadyOpened: 'no issue: one was opened for this time',
  noArticles: 'no issue: nothing is waiting',
  tooFewArticles: 'no issue: too few articles are waiting',
} as const;

export const openIssue = async (
  { build, cadenceStates, log, publication, sentArticles }: ComposeIssueServices,
  { cadence, time }: { readonly cadence: Cadence; readonly time: string },
  state: CadenceState,
): Promise<boolean> => {
  const { announced } = await build.get();
  const { entries } = await sentArticles.listPending(cadence, { after: state.arrival, upTo: announced });
  const decision = decideOpenIssue({
    state,
    scheduledAt: time,
    lastArrival: announced,
    articleCount: entries.length,
    minimumArticles: publication.newsletter.minimumArticles,
  });
  if (decision.kind === 'none') {
    log.info(logMessages[decision.reason], { cadence, time, articles: entries.length });
    if (decision.reason !== 'alreadyOpened') await cadenceStates.markConsidered(cadence, time);
    return false;
  }
  await cadenceStates.openIssue(cadence, state, decision.open);
  return true;
};
