import type { CadenceState } from './issue-record.ts';

/** What a call to compose finds. */
export interface OpenIssueInput {
  readonly state: CadenceState;
  /** The schedule's instant, ISO 8601 in UTC. */
  readonly scheduledAt: string;
  /** The last arrival that an issue may cover. */
  readonly lastArrival: number;
  /** Articles that the issue would show. */
  readonly articleCount: number;
  readonly minimumArticles: number;
}

export type OpenIssueDecision =
  | { readonly kind: 'open'; readonly open: NonNullable<CadenceState['open']> }
  /** `again`: an issue was opened for this very instant; `nothing` and `few`: what waits goes on waiting. */
  | { readonly kind: 'none'; readonly why: 'again' | 'nothing' | 'few' };

/**
 * Decides whether a cadence without an issue under way opens one. The ledger decides, not the clock: an issue covers
 * what arrived since the last one, however long ago that was or however odd its time. Times are compared for equality
 * alone, so that a call that comes twice opens one issue, and a clock that went back loses none.
 */
export const decideOpenIssue = ({
  state,
  scheduledAt: time,
  lastArrival: announced,
  articleCount: articles,
  minimumArticles: minimum,
}: OpenIssueInput): OpenIssueDecision => {
  if (state.at === time) return { kind: 'none', why: 'again' };
  if (articles === 0) return { kind: 'none', why: 'nothing' };
  if (articles < minimum) return { kind: 'none', why: 'few' };
  return {
    kind: 'open',
    open: { number: state.number + 1, at: time, after: state.arrival, upTo: announced },
  };
};
