import { toSubscriberKey } from '../adapters/table/subscribers.ts';
import { findTripReason } from '../core/newsletter/delivery/circuit-breaker.ts';
import { type DeliveryFeedback, parseSesEvent } from '../core/newsletter/delivery/parse-ses-event.ts';
import type { SubscriberEvent } from '../core/newsletter/subscriber/apply-subscriber-event.ts';
import type { FeedbackServices } from './services.ts';

/**
 * Records what became of a mail, as an event of the mailer tells it. An event that comes again changes nothing more;
 * one for an address that nobody knows, or that was erased, changes nothing at all.
 * @throws when it is no event of the mailer, or something could not be written: then it is to come again
 */
export const recordFeedback = async (services: FeedbackServices, event: unknown): Promise<void> => {
  const feedback = parseSesEvent(event);
  if (!feedback) return;
  const work = () => recordForSubscriber(services, feedback);
  await (feedback.issue === undefined ? work() : services.runCorrelated('issue', feedback.issue, work));
};

const recordForSubscriber = async (services: FeedbackServices, feedback: DeliveryFeedback): Promise<void> => {
  const key = feedback.key ?? toSubscriberKey(feedback.email, await services.tokenKeys.getOrCreate());
  const subscriber = await services.subscribers.get(key);
  if (!subscriber || subscriber.state === 'erased') return;
  const softBounces = subscriber.state === 'active' ? subscriber.softBounces : undefined;
  const noted = await services.feedback.record(feedback, key, softBounces);
  if (noted.isProcessed) return;
  const { kind, issue, detail } = feedback;
  services.log.info('feedback', { kind, issue, subscriber: key, detail });

  const told = toSubscriberEvent(feedback, services.now().toISOString());
  // A soft bounce counts, so it must not happen twice: it did not if the count is as it was.
  if (told && (told.kind !== 'softBounce' || softBounces === noted.softBouncesBefore))
    await services.subscribers.apply(key, told);
  await countFeedback(services, feedback);
  await services.feedback.markProcessed(feedback, key);
};

const toSubscriberEvent = ({ kind }: DeliveryFeedback, at: string): SubscriberEvent | undefined => {
  if (kind === 'hardBounce' || kind === 'softBounce') return { kind, at };
  return kind === 'complaint' ? { kind: 'complain', at } : undefined;
};

/** Counts what is held against the sender, on the day that the mail left, and stops all sending where it is too much. */
const countFeedback = async (services: FeedbackServices, feedback: DeliveryFeedback): Promise<void> => {
  const { rateLimit, dayCounts, log, now } = services;
  if (feedback.kind === 'notSent') {
    log.count('messagesNotSent', 1);
    log.error('the mailer could not send a mail that it had taken', feedback.detail);
  }
  if (!feedback.countsAgainstAccount) return;
  const what = feedback.kind === 'complaint' ? 'complaints' : 'bounces';
  log.count(what, 1);
  const day = feedback.sentAt.slice(0, 10);
  const counts = await dayCounts.add(day, what, 1);
  const reason = findTripReason(counts);
  if (reason === undefined) return;
  await rateLimit.pause(now().toISOString(), reason);
  await dayCounts.recordTrip(day, counts);
  log.count('sendingPaused', 1);
  log.error('sending is paused', new Error(reason));
};
