import type { Queue } from '../../../functions/adapters/queue.ts';
import { findMinimumArticles } from '../../../functions/core/newsletter/issue/decide-open-issue.ts';
import { formatIssueName, type Issue } from '../../../functions/core/newsletter/issue/issue-record.ts';
import type { Cadence } from '../../../functions/core/publication.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { CliError } from '../output/cli-error.ts';
import { formatCount } from '../output/format-values.ts';
import { pollUntil } from '../output/poll-until.ts';
import { findNextIssue, findOpenIssue, formatNothingPending } from './find-next-issue.ts';
import { toAdjective } from './to-adjective.ts';

const pollOptions = { intervalMs: 250, idleTimeoutMs: 120_000 };

type IssueRequestStores = Pick<
  CliServices,
  'cadenceStates' | 'issues' | 'sentArticles' | 'build' | 'now' | 'publication'
> & {
  readonly issuesQueue: Queue;
};

interface IssueRequest {
  readonly cadence: Cadence;
  readonly at?: Date | undefined;
  /** Asks before the issue is requested; given the one that is under way, or else the next one. */
  readonly confirm?: (issue: Issue) => Promise<void>;
}

type FoundIssue = { readonly issue: Issue } | { readonly none: string };

const findRequestableIssue = async (stores: IssueRequestStores, cadence: Cadence): Promise<FoundIssue> => {
  const issue = await findNextIssue(stores, cadence);
  if (!issue) return { none: formatNothingPending(cadence) };
  const minimumArticles = findMinimumArticles(stores.publication, cadence);
  if (issue.articles >= minimumArticles) return { issue };
  const waiting = formatCount(issue.articles, 'article is', 'articles are');
  return { none: `${waiting} waiting for the next ${toAdjective(cadence)} issue, which needs ${minimumArticles}.` };
};

/** It comes after an issue that is under way. */
export const requestIssue = async (
  stores: IssueRequestStores,
  { cadence, at, confirm }: IssueRequest,
): Promise<{ readonly name: string } | { readonly none: string }> => {
  const open = await findOpenIssue(stores, cadence);
  if (open?.state === 'held')
    throw new CliError(`${formatIssueName(open)} waits for approval: approve or discard it first.`);
  const found = open ? { issue: open } : await findRequestableIssue(stores, cadence);
  if ('none' in found) return found;
  await confirm?.(found.issue);
  const time = (at ?? stores.now()).toISOString();
  await stores.issuesQueue.send({ cadence, time });
  const result = await pollUntil(pollOptions, async () => {
    // Before the state: the issue of the request may be under way, or done, a moment later.
    const next = await findRequestableIssue(stores, cadence);
    const state = await stores.cadenceStates.get(cadence);
    if (state.at === time) return { name: formatIssueName({ cadence, number: state.open?.number ?? state.number }) };
    // Another request was faster, or the articles were withdrawn.
    return !state.open && 'none' in next ? next : undefined;
  });
  if (result) return result;
  throw new CliError(
    'Nothing has worked on the request within two minutes: npx seedpress status shows what is waiting.',
  );
};
