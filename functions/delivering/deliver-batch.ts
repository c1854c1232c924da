import { dismissed, nextStep, retryDelay, settleCall, waitingPlaces } from '../core/newsletter/delivery.ts';
import type { DeliveryBatch } from '../core/newsletter/records.ts';
import { callMailer } from './call-mailer.ts';
import { countOutcomes } from './count-outcomes.ts';
import { longestHold, reserveSlot } from './reserve-slot.ts';
import type { DeliveringServices } from './services.ts';

/** Names a batch of an issue. */
export interface BatchName {
  readonly issue: string;
  readonly batch: number;
}

/** Milliseconds. A call is not begun when the function has less time left: the mailer may take 20 seconds to fail. */
const callTime = 25_000;
/** Milliseconds by which clocks may differ. */
const clockSkew = 5000;
/** Seconds until those are called again whom the mailer found too many for a second. */
const throttledHold = 60;

/** What is to come: nothing, or the batch again after so many seconds. */
type End = undefined | { readonly seconds: number; readonly reason: string };

/**
 * Delivers one batch of an issue as far as it goes now. What is left waits in a new message, so that nothing wears out
 * the times that a message may be received. Called again, or twice at once, it does nothing twice.
 * @param timeLeft milliseconds until the function is stopped
 */
export const deliverBatch = async (
  services: DeliveringServices,
  name: BatchName,
  timeLeft: () => number,
): Promise<void> => {
  const end = await goOn(services, name, timeLeft);
  if (!end) return;
  const seconds = Math.min(longestHold, Math.max(1, Math.ceil(end.seconds)));
  services.log.count('deliveriesHeld', 1);
  services.log.info('delivery held', { ...name, seconds, reason: end.reason });
  await services.deliveries.send({ issue: name.issue, batch: name.batch }, seconds);
};

const goOn = async (
  services: DeliveringServices,
  { issue, batch: number }: BatchName,
  timeLeft: () => number,
): Promise<End> => {
  let batch = await read(services, issue, number);
  for (let calls = 0; ; ) {
    const step = nextStep(batch, services.now());
    if (step === 'nothing') return undefined;
    if (step === 'wait') return { seconds: secondsUntil(services, batch), reason: 'a call is under way' };
    if (step === 'settle') batch = await settle(services, batch);
    if (step === 'dismiss') batch = await dismiss(services, batch);
    if (step !== 'send') continue;
    const delay = calls === 0 ? 0 : retryDelay(batch);
    if (delay > 0) return { seconds: delay, reason: 'the mailer did not take all' };
    const called = await callNext(services, batch, timeLeft);
    if ('seconds' in called) return called;
    batch = called.batch;
    calls += 1;
  }
};

/** One call for as many as the rate allows; or why there is none now. */
const callNext = async (
  services: DeliveringServices,
  batch: DeliveryBatch,
  timeLeft: () => number,
): Promise<Exclude<End, undefined> | { readonly batch: DeliveryBatch }> => {
  const waiting = waitingPlaces(batch);
  const now = services.now().getTime();
  if (timeLeft() < callTime) return { seconds: 1, reason: 'out of time' };
  const slot = await reserveSlot(services, waiting.length, now + timeLeft() - callTime);
  if (slot.kind === 'held') return slot;
  await services.sleep(Math.max(0, slot.at - services.now().getTime()));
  const until = new Date(services.now().getTime() + timeLeft() + clockSkew).toISOString();
  const called = await callMailer(services, batch, { places: waiting.slice(0, slot.count), until });
  if (!called) return { batch: await read(services, batch.issue, batch.batch) };
  if (called.later === undefined) return called;
  services.log.warn('the mailer takes nothing for now', { reason: called.later });
  const isRate = /THROTTLED|TooManyRequests/.test(called.later);
  return { seconds: isRate ? throttledHold : longestHold, reason: called.later };
};

const read = async (
  { batches }: DeliveringServices,
  issue: string,
  number: number,
): Promise<DeliveryBatch> => {
  const batch = await batches.get(issue, number);
  if (!batch) throw new Error(`there is no batch ${number} of ${issue}`);
  return batch;
};

const secondsUntil = ({ now }: DeliveringServices, { call }: DeliveryBatch): number =>
  (Date.parse(call?.until ?? '') - now().getTime()) / 1000 + 1;

/** Writes what a batch has become; gives what stands there, be it ours or another's. */
const replace = async (
  services: DeliveringServices,
  before: DeliveryBatch,
  after: DeliveryBatch,
): Promise<DeliveryBatch> => {
  if (!(await services.batches.replace(before, after))) return read(services, before.issue, before.batch);
  countOutcomes(services.log, before, after);
  return after;
};

const settle = async (services: DeliveringServices, batch: DeliveryBatch): Promise<DeliveryBatch> => {
  services.log.warn('a call was interrupted: its recipients are uncertain', {
    issue: batch.issue,
    batch: batch.batch,
    recipients: batch.call?.places.length,
  });
  return replace(services, batch, settleCall(batch));
};

/** Tells the subscribers whose addresses take no mail, before the batch is done. */
const dismiss = async (services: DeliveringServices, batch: DeliveryBatch): Promise<DeliveryBatch> => {
  const at = services.now().toISOString();
  for (const { key, gone } of batch.recipients) {
    if (gone) await services.subscribers.apply(key, { kind: 'hardBounce', at });
  }
  return replace(services, batch, dismissed(batch));
};
