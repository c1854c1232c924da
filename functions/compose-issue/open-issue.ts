import { countQuietMs } from '../core/newsletter/delivery/quiet-hours.ts';
import { decideOpenIssue, findMinimumArticles } from '../core/newsletter/issue/decide-open-issue.ts';
import { isImmediateIssueMissing } from '../core/newsletter/issue/immediate-issue.ts';
import type { CadenceState } from '../core/newsletter/issue/issue-record.ts';
import type { Cadence } from '../core/publication.ts';
import type { ComposeIssueServices } from './services.ts';

const logMessages = {
  alreadyOpened: 'no issue: one was opened for this time',
  noArticles: 'no issue: nothing is waiting',
  tooFewArticles: 'no issue: too few articles are waiting',
} as const;

interface IssueToOpen {
  readonly cadence: Cadence;
  readonly time: string;
  /** It is only asked for if nothing has covered these announcements meanwhile. */
  readonly announced?: number | undefined;
}

export const openIssue = async (
  { build, cadenceStates, log, now, publication, sentArticles }: ComposeIssueServices,
  { cadence, time, announced: requestedUpTo }: IssueToOpen,
  state: CadenceState,
): Promise<boolean> => {
  // What comes in quiet hours waits for their end, so that it is one letter.
  const isDue = (upTo: number) => isImmediateIssueMissing(state, upTo) && countQuietMs(publication, now()) === 0;
  if (requestedUpTo !== undefined && !isDue(requestedUpTo)) return false;
  const { announced } = await build.get();
  const { entries } = await sentArticles.listPending(cadence, { after: state.arrival, upTo: announced });
  const decision = decideOpenIssue({
    state,
    scheduledAt: time,
    lastArrival: announced,
    articleCount: entries.length,
    minimumArticles: findMinimumArticles(publication, cadence),
  });
  if (decision.kind === 'none') {
    log.info(logMessages[decision.reason], { cadence, time, articles: entries.length });
    if (decision.reason !== 'alreadyOpened') await cadenceStates.markConsidered(cadence, time, announced);
    return false;
  }
  await cadenceStates.openIssue(cadence, state, decision.open);
  return true;
};
