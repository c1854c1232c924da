import type { DayCountStore } from '../adapters/table/day-counts.ts';
import type { FeedbackStore } from '../adapters/table/feedback.ts';
import type { RateLimitStore } from '../adapters/table/rate-limit.ts';
import { type SubscriberStore, toSubscriberKey } from '../adapters/table/subscribers.ts';
import type { TokenKeyStore } from '../adapters/table/token-keys.ts';
import { findTripReason } from '../core/newsletter/delivery/circuit-breaker.ts';
import { type DeliveryFeedback, parseSesEvent } from '../core/newsletter/delivery/parse-ses-event.ts';
import type { SubscriberEvent } from '../core/newsletter/subscriber/apply-subscriber-event.ts';
import type { Log, RunCorrelated } from '../platform/logger.ts';

interface FeedbackServices {
  readonly subscribers: Pick<SubscriberStore, 'get' | 'apply'>;
  readonly tokenKeys: Pick<TokenKeyStore, 'getOrCreate'>;
  readonly rateLimit: Pick<RateLimitStore, 'pause'>;
  readonly dayCounts: Pick<DayCountStore, 'add' | 'recordTrip'>;
  readonly feedback: Pick<FeedbackStore, 'record' | 'markProcessed'>;
  readonly now: () => Date;
  readonly log: Log;
  readonly runCorrelated: RunCorrelated;
}

/**
 * Records an SES event about a mail. A repeated event changes nothing; nor does one for an address that is unknown or
 * erased.
 * @throws when it is no event of SES, or a write fails
 */
export const recordFeedback = async (services: FeedbackServices, event: unknown): Promise<void> => {
  const feedback = parseSesEvent(event);
  if (!feedback) return;
  const record = () => recordForSubscriber(services, feedback);
  await (feedback.issue === undefined ? record() : services.runCorrelated('issue', feedback.issue, record));
};

const recordForSubscriber = async (services: FeedbackServices, feedback: DeliveryFeedback): Promise<void> => {
  const key = feedback.key ?? toSubscriberKey(feedback.email, await services.tokenKeys.getOrCreate());
  const subscriber = await services.subscribers.get(key);
  if (!subscriber || subscriber.state === 'erased') return;
  const softBounces = subscriber.state === 'active' ? subscriber.softBounces : undefined;
  const recorded = await services.feedback.record(feedback, key, softBounces);
  if (recorded.isProcessed) return;
  const { kind, issue, detail } = feedback;
  services.log.info('feedback', { kind, issue, subscriber: key, detail });

  const event = toSubscriberEvent(feedback, services.now().toISOString());
  // Soft bounces are counted: one that was applied before a crash has changed the count, and is not applied again.
  if (event && (event.kind !== 'softBounce' || softBounces === recorded.softBouncesBefore))
    await services.subscribers.apply(key, event);
  await countFeedback(services, feedback);
  await services.feedback.markProcessed(feedback, key);
};

const toSubscriberEvent = ({ kind }: DeliveryFeedback, at: string): SubscriberEvent | undefined => {
  if (kind === 'hardBounce' || kind === 'softBounce') return { kind, at };
  return kind === 'complaint' ? { kind: 'complain', at } : undefined;
};

/** Counts bounces and complaints on the day that the mail was sent, and pauses all sending when there are too many. */
const countFeedback = async (
  { rateLimit, dayCounts, log, now }: FeedbackServices,
  feedback: DeliveryFeedback,
): Promise<void> => {
  if (feedback.kind === 'notSent') {
    log.count('messagesNotSent', 1);
    log.error('SES did not send a mail that it had accepted', feedback.detail);
  }
  if (!feedback.countsAgainstAccount) return;
  const metric = feedback.kind === 'complaint' ? 'complaints' : 'bounces';
  log.count(metric, 1);
  const day = feedback.sentAt.slice(0, 10);
  const counts = await dayCounts.add(day, metric, 1);
  const reason = findTripReason(counts);
  if (reason === undefined) return;
  await rateLimit.pause(now().toISOString(), reason);
  await dayCounts.recordTrip(day, counts);
  log.count('sendingPaused', 1);
  log.error('sending is paused', new Error(reason));
};
