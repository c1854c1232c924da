import type { SuppressedAddress } from '../adapters/mailer.ts';
import { toSubscriberKey } from '../adapters/table/subscribers.ts';
import { formatIssueName, type Issue } from '../core/newsletter/issue/issue-record.ts';
import type { ComposeIssueServices } from './services.ts';
import { minTimeLeftMs } from './write-batches.ts';

/** Longer than a cadence, so that each day is read before some issue. */
const reconciledMs = 14 * 24 * 60 * 60 * 1000;
const readersAtOnce = 100;

/**
 * Ends the subscriptions of those whom the mailer sends nothing to since a bounce or a complaint. Its events say so
 * too, but SES publishes them to EventBridge on a best effort basis. A failure is logged, and does not keep the issue.
 */
export const reconcileSuppressions = async (
  services: ComposeIssueServices,
  issue: Issue,
  getTimeLeftMs: () => number,
): Promise<void> => {
  const { log, mailer } = services;
  const since = new Date(Date.parse(issue.at) - reconciledMs);
  let ended = 0;
  try {
    let next: SuppressedAddress[] = [];
    for await (const suppressed of mailer.listSuppressed(since)) {
      next.push(suppressed);
      if (next.length < readersAtOnce) continue;
      ended += await endSubscriptions(services, next);
      next = [];
      if (getTimeLeftMs() < 2 * minTimeLeftMs) break;
    }
    ended += await endSubscriptions(services, next);
  } catch (error) {
    log.error('the suppression list of the mailer could not be read', error);
  }
  if (ended > 0) log.warn('bounces or complaints had not been reported', { issue: formatIssueName(issue), ended });
};

/** Those who confirmed after that are spared: their sign-up has taken them off the list. */
const endSubscriptions = async (
  { subscribers, tokenKeys }: ComposeIssueServices,
  suppressed: readonly SuppressedAddress[],
): Promise<number> => {
  if (suppressed.length === 0) return 0;
  const keyring = await tokenKeys.getOrCreate();
  const byKey = new Map(suppressed.map((each) => [toSubscriberKey(each.email, keyring), each]));
  let ended = 0;
  for (const { key, state, since } of await subscribers.getMany([...byKey.keys()])) {
    const found = byKey.get(key);
    if (state !== 'active' || !found || found.at < since) continue;
    await subscribers.apply(key, { kind: found.reason === 'complaint' ? 'complain' : 'hardBounce', at: found.at });
    ended += 1;
  }
  return ended;
};
