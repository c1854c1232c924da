import { type Cadence, isScheduled, type Publication } from '../../publication.ts';
import type { CadenceState, OpenIssue } from './issue-record.ts';

export interface OpenIssueInput {
  readonly state: CadenceState;
  readonly scheduledAt: string;
  readonly lastArrival: number;
  readonly articleCount: number;
  readonly minimumArticles: number;
}

export type OpenIssueDecision =
  | { readonly kind: 'open'; readonly open: OpenIssue }
  /** `alreadyOpened`: for the same scheduled instant. */
  | { readonly kind: 'none'; readonly reason: 'alreadyOpened' | 'noArticles' | 'tooFewArticles' };

/**
 * Decides whether a cadence without an issue in progress opens one. Instants are compared for equality only, so that a
 * repeated call opens one issue and a clock that was set back loses none.
 */
export const decideOpenIssue = ({
  state,
  scheduledAt,
  lastArrival,
  articleCount,
  minimumArticles,
}: OpenIssueInput): OpenIssueDecision => {
  if (state.at === scheduledAt) return { kind: 'none', reason: 'alreadyOpened' };
  if (articleCount === 0) return { kind: 'none', reason: 'noArticles' };
  if (articleCount < minimumArticles) return { kind: 'none', reason: 'tooFewArticles' };
  return {
    kind: 'open',
    open: { number: state.number + 1, at: scheduledAt, after: state.arrival, upTo: lastArrival },
  };
};

/** A single article is enough for readers who want each. */
export const findMinimumArticles = ({ newsletter }: Pick<Publication, 'newsletter'>, cadence: Cadence): number =>
  isScheduled(cadence) ? newsletter.minimumArticles : 1;
