import type { Publication } from '../../publication.ts';
import type { CadenceState } from './issue-record.ts';

/** A request for an issue of what is announced up to a number, and of what else is by then. */
export interface ImmediateIssueRequest {
  readonly message: { readonly cadence: 'immediately'; readonly time: string; readonly announced: number };
  readonly delaySeconds: number;
}

/** Undefined where the publication does not offer it. */
export const buildImmediateIssueRequest = (
  { digest }: Pick<Publication, 'digest'>,
  announced: number,
  now: Date,
): ImmediateIssueRequest | undefined => {
  if (!digest.immediately) return undefined;
  const delaySeconds = digest.immediately.afterMinutes * 60;
  const time = new Date(now.getTime() + delaySeconds * 1000).toISOString();
  return { message: { cadence: 'immediately', time, announced }, delaySeconds };
};

/**
 * Whether what is announced up to a number leads to an issue. A cadence that has not begun has no readers yet, and the
 * archive is not news.
 */
export const isImmediateIssueMissing = ({ consideredUpTo }: CadenceState, announced: number): boolean =>
  consideredUpTo !== undefined && announced > consideredUpTo;
