import { setTimeout as sleep } from 'node:timers/promises';
import type { Queue } from '../../../functions/adapters/queue.ts';
import { formatIssueName } from '../../../functions/core/newsletter/issue/issue-record.ts';
import type { Cadence } from '../../../functions/core/publication.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { CliError } from '../output/cli-error.ts';
import { findNextIssue, findOpenIssue, formatNothingPending } from './find-next-issue.ts';

/** Milliseconds between two looks, and until it is held that nobody works on the call. */
const [pollIntervalMs, timeoutMs] = [500, 120_000];

type IssueRequestStores = Pick<
  CliServices,
  'cadenceStates' | 'issues' | 'sentArticles' | 'build' | 'now' | 'publication'
> & {
  readonly issuesQueue: Queue;
};

/** Why there is no issue to compose, where none is under way; undefined where there is. */
const findReasonForNone = async (
  ledger: IssueRequestStores,
  cadence: Cadence,
): Promise<string | undefined> => {
  const next = await findNextIssue(ledger, cadence);
  if (!next) return formatNothingPending(cadence);
  const { minimumArticles } = ledger.publication.newsletter;
  return next.articles < minimumArticles
    ? `${next.articles} articles wait for the next ${cadence} issue, which goes out with ${minimumArticles} or more.`
    : undefined;
};

/**
 * Calls for an issue as the schedule does, dated now, after one that is under way.
 * @returns the issue's name once it is opened, or why there is none
 * @throws {CliError} when an issue waits for approval, or nobody works on the call
 */
export const requestIssue = async (
  ledger: IssueRequestStores,
  cadence: Cadence,
): Promise<{ readonly name: string } | { readonly none: string }> => {
  const underWay = await findOpenIssue(ledger, cadence);
  if (underWay?.state === 'held')
    throw new CliError(`${formatIssueName(underWay)} waits for approval: approve or discard it first.`);
  const none = underWay ? undefined : await findReasonForNone(ledger, cadence);
  if (none) return { none };
  const time = ledger.now().toISOString();
  await ledger.issuesQueue.send({ cadence, time });
  for (let waited = 0; waited < timeoutMs; waited += pollIntervalMs) {
    const { at, number, open } = await ledger.cadenceStates.get(cadence);
    if (at === time) return { name: formatIssueName({ cadence, number: open?.number ?? number }) };
    // Another call was faster, or what waited was withdrawn.
    const gone = open ? undefined : await findReasonForNone(ledger, cadence);
    if (gone) return { none: gone };
    await sleep(pollIntervalMs);
  }
  throw new CliError('Nobody took up the call within two minutes: npx seedpress status tells what waits.');
};
