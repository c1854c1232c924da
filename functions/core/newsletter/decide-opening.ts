import type { CadenceState } from './records.ts';

/** What a call to compose finds. */
export interface Call {
  readonly state: CadenceState;
  /** The schedule's instant, ISO 8601 in UTC. */
  readonly time: string;
  /** The last arrival that an issue may cover. */
  readonly announced: number;
  /** Articles that the issue would show. */
  readonly articles: number;
  readonly minimum: number;
}

export type OpeningDecision =
  | { readonly kind: 'open'; readonly open: NonNullable<CadenceState['open']> }
  /** `again`: an issue was opened for this very instant; `nothing` and `few`: what waits goes on waiting. */
  | { readonly kind: 'none'; readonly why: 'again' | 'nothing' | 'few' };

/**
 * Decides whether a cadence without an issue under way opens one. The ledger decides, not the clock: an issue covers
 * what arrived since the last one, however long ago that was or however odd its time. Times are compared for equality
 * alone, so that a call that comes twice opens one issue, and a clock that went back loses none.
 */
export const decideOpening = ({ state, time, announced, articles, minimum }: Call): OpeningDecision => {
  if (state.at === time) return { kind: 'none', why: 'again' };
  if (articles === 0) return { kind: 'none', why: 'nothing' };
  if (articles < minimum) return { kind: 'none', why: 'few' };
  return {
    kind: 'open',
    open: { number: state.number + 1, at: time, after: state.arrival, upTo: announced },
  };
};
