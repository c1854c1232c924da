import { sitePaths } from '../../site-paths.ts';
import { signToken, type TokenKey, verifyToken } from '../subscriber/token.ts';
import { buildTokenLink } from '../subscriber/token-links.ts';
import { formatIssueName, type Issue } from './issue-record.ts';

/** A held issue in a token. The instant distinguishes it from a discarded issue with the same number. */
export interface HeldIssue {
  readonly name: string;
  readonly at: string;
}

const separator = '@';

export const buildApprovalLink = (site: string, issue: Issue, keys: readonly TokenKey[]): string => {
  const issueId = `${formatIssueName(issue)}${separator}${issue.at}`;
  return buildTokenLink(site, sitePaths.subscriptions.approve, signToken({ purpose: 'approve', issue: issueId }, keys));
};

export const parseApprovalToken = (token: string, keys: readonly TokenKey[], now: Date): HeldIssue | undefined => {
  const claim = verifyToken(token, 'approve', { keys, now });
  if (typeof claim === 'string') return undefined;
  const [name = '', at = ''] = claim.issue.split(separator);
  return { name, at };
};
