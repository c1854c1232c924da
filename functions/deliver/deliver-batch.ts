import {
  clearUndeliverableMarks,
  decideDeliveryStep,
  decideRetryDelaySeconds,
  reconcileCall,
  selectWaitingIndexes,
} from '../core/newsletter/delivery/delivery-batch.ts';
import type { DeliveryBatch } from '../core/newsletter/delivery/delivery-batch-record.ts';
import { callMailer } from './call-mailer.ts';
import { countOutcomeChanges } from './count-outcomes.ts';
import { maxDelaySeconds, reserveSlot } from './reserve-slot.ts';
import type { DeliverServices } from './services.ts';

/** Names a batch of an issue. */
export interface BatchName {
  readonly issue: string;
  readonly batch: number;
}

/** Milliseconds. A call is not begun when the function has less time left: the mailer may take 20 seconds to fail. */
const minTimeForCallMs = 25_000;
/** Milliseconds by which clocks may differ. */
const maxClockSkewMs = 5000;
/** Seconds until those are called again whom the mailer found too many for a second. */
const throttleDelaySeconds = 60;

/** What is to come: nothing, or the batch again after so many seconds. */
type DeliveryDelay = undefined | { readonly seconds: number; readonly reason: string };

/**
 * Delivers one batch of an issue as far as it goes now. What is left waits in a new message, so that nothing wears out
 * the times that a message may be received. Called again, or twice at once, it does nothing twice.
 */
export const deliverBatch = async (
  services: DeliverServices,
  name: BatchName,
  getTimeLeftMs: () => number,
): Promise<void> => {
  const end = await runSteps(services, name, getTimeLeftMs);
  if (!end) return;
  const seconds = Math.min(maxDelaySeconds, Math.max(1, Math.ceil(end.seconds)));
  services.log.count('deliveriesHeld', 1);
  services.log.info('delivery held', { ...name, seconds, reason: end.reason });
  await services.deliveriesQueue.send({ issue: name.issue, batch: name.batch }, seconds);
};

const runSteps = async (
  services: DeliverServices,
  { issue, batch: number }: BatchName,
  getTimeLeftMs: () => number,
): Promise<DeliveryDelay> => {
  let batch = await readBatch(services, issue, number);
  for (let calls = 0; ; ) {
    const step = decideDeliveryStep(batch, services.now());
    if (step === 'nothing') return undefined;
    if (step === 'wait')
      return { seconds: countSecondsUntilCallEnds(services, batch), reason: 'a call is under way' };
    if (step === 'reconcile') batch = await markUncertain(services, batch);
    if (step === 'suppress') batch = await suppressGoneAddresses(services, batch);
    if (step !== 'send') continue;
    const delay = calls === 0 ? 0 : decideRetryDelaySeconds(batch);
    if (delay > 0) return { seconds: delay, reason: 'the mailer did not take all' };
    const called = await sendNext(services, batch, getTimeLeftMs);
    if ('seconds' in called) return called;
    batch = called.batch;
    calls += 1;
  }
};

/** One call for as many as the rate allows; or why there is none now. */
const sendNext = async (
  services: DeliverServices,
  batch: DeliveryBatch,
  getTimeLeftMs: () => number,
): Promise<Exclude<DeliveryDelay, undefined> | { readonly batch: DeliveryBatch }> => {
  const waiting = selectWaitingIndexes(batch);
  const now = services.now().getTime();
  if (getTimeLeftMs() < minTimeForCallMs) return { seconds: 1, reason: 'out of time' };
  const slot = await reserveSlot(services, waiting.length, now + getTimeLeftMs() - minTimeForCallMs);
  if (slot.kind === 'held') return slot;
  await services.sleep(Math.max(0, slot.at - services.now().getTime()));
  const until = new Date(services.now().getTime() + getTimeLeftMs() + maxClockSkewMs).toISOString();
  const called = await callMailer(services, batch, { places: waiting.slice(0, slot.count), until });
  if (!called) return { batch: await readBatch(services, batch.issue, batch.batch) };
  if (called.deferReason === undefined) return called;
  services.log.warn('the mailer takes nothing for now', { reason: called.deferReason });
  const isRate = /THROTTLED|TooManyRequests/.test(called.deferReason);
  return { seconds: isRate ? throttleDelaySeconds : maxDelaySeconds, reason: called.deferReason };
};

const readBatch = async (
  { batches }: DeliverServices,
  issue: string,
  number: number,
): Promise<DeliveryBatch> => {
  const batch = await batches.get(issue, number);
  if (!batch) throw new Error(`there is no batch ${number} of ${issue}`);
  return batch;
};

const countSecondsUntilCallEnds = ({ now }: DeliverServices, { call }: DeliveryBatch): number =>
  (Date.parse(call?.until ?? '') - now().getTime()) / 1000 + 1;

/** Writes what a batch has become; gives what stands there, be it ours or another's. */
const replaceBatch = async (
  services: DeliverServices,
  before: DeliveryBatch,
  after: DeliveryBatch,
): Promise<DeliveryBatch> => {
  if (!(await services.batches.replace(before, after)))
    return readBatch(services, before.issue, before.batch);
  countOutcomeChanges(services.log, before, after);
  return after;
};

const markUncertain = async (services: DeliverServices, batch: DeliveryBatch): Promise<DeliveryBatch> => {
  services.log.warn('a call was interrupted: its recipients are uncertain', {
    issue: batch.issue,
    batch: batch.batch,
    recipients: batch.call?.indexes.length,
  });
  return replaceBatch(services, batch, reconcileCall(batch));
};

/** Tells the subscribers whose addresses take no mail, before the batch is done. */
const suppressGoneAddresses = async (
  services: DeliverServices,
  batch: DeliveryBatch,
): Promise<DeliveryBatch> => {
  const at = services.now().toISOString();
  for (const { key, undeliverable: gone } of batch.recipients) {
    if (gone) await services.subscribers.apply(key, { kind: 'hardBounce', at });
  }
  return replaceBatch(services, batch, clearUndeliverableMarks(batch));
};
