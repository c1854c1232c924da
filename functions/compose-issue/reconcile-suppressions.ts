import type { SuppressedAddress } from '../adapters/mailer.ts';
import { toSubscriberKey } from '../adapters/table/subscribers.ts';
import type { ComposeIssueServices } from './services.ts';
import { minTimeLeftMs } from './write-batches.ts';

/** Two weeks, so that each day is read by some weekly reconciliation even if one is missed. */
const reconciledMs = 14 * 24 * 60 * 60 * 1000;
const readersAtOnce = 100;

/** The day of the week on which readers are reconciled whether or not there is an issue: Monday, in UTC. */
export const isReconciliationDay = (now: Date): boolean => now.getUTCDay() === 1;

/**
 * Ends the subscriptions of those whom the mailer sends nothing to since a bounce or a complaint. Its events say so
 * too, but SES publishes them to EventBridge on a best effort basis. It is done before each issue and once a week: a
 * monthly issue would miss what SES listed weeks before. A failure is logged, and does not keep the issue.
 */
export const reconcileSuppressions = async (
  services: ComposeIssueServices,
  { at, occasion }: { readonly at: string; readonly occasion: string },
  getTimeLeftMs: () => number,
): Promise<void> => {
  const { log, mailer } = services;
  const since = new Date(Date.parse(at) - reconciledMs);
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
  if (ended > 0) log.warn('bounces or complaints had not been reported', { occasion, ended });
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
