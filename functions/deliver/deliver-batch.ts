import {
  clearUndeliverableMarks,
  decideDeliveryStep,
  decideRetryDelaySeconds,
  reconcileCall,
  selectWaitingIndexes,
} from '../core/newsletter/delivery/delivery-batch.ts';
import type { DeliveryBatch } from '../core/newsletter/delivery/delivery-batch-record.ts';
import { callMailer } from './call-mailer.ts';
import { countOutcomeChanges } from './count-outcome-changes.ts';
import { maxDelaySeconds } from './reserve-send-slots.ts';
import type { BatchName } from './services.ts';
import type { Delivery } from './shared-requests.ts';

/** A call is not begun when the function has less time left: the mailer may take 20 seconds to fail. */
const minTimeForCallMs = 25_000;
const maxClockSkewMs = 5000;
const throttleDelaySeconds = 60;

interface DeliveryDelay {
  readonly seconds: number;
  readonly reason: string;
}

/**
 * Delivers one batch of an issue as far as possible now. The rest is delayed by a new message, since a message that is
 * received too often goes to the dead letters. Repeated or concurrent calls send nothing twice.
 */
export const deliverBatch = async (
  services: Delivery,
  { issue, batch }: BatchName,
  getTimeLeftMs: () => number,
): Promise<void> => {
  const delay = await runSteps(services, { issue, batch }, getTimeLeftMs);
  if (!delay) return;
  const seconds = Math.min(maxDelaySeconds, Math.max(1, Math.ceil(delay.seconds)));
  services.log.count('deliveriesHeld', 1);
  services.log.info('delivery held', { issue, batch, seconds, reason: delay.reason });
  await services.shared.delay({ name: { issue, batch }, seconds });
};

/** @returns undefined when the batch is done */
const runSteps = async (
  services: Delivery,
  name: BatchName,
  getTimeLeftMs: () => number,
): Promise<DeliveryDelay | undefined> => {
  let batch = await services.shared.getBatch(name);
  if (!batch) throw new Error(`there is no batch ${name.batch} of ${name.issue}`);
  for (let calls = 0; ; ) {
    const step = decideDeliveryStep(batch, services.now());
    if (step === 'nothing') return undefined;
    if (step === 'wait') return { seconds: countSecondsUntilCallEnds(services, batch), reason: 'a call is under way' };
    if (step === 'reconcile') batch = await markUncertain(services, batch);
    if (step === 'suppress') batch = await suppressGoneAddresses(services, batch);
    if (step !== 'send') continue;
    const retrySeconds = calls === 0 ? 0 : decideRetryDelaySeconds(batch);
    if (retrySeconds > 0) return { seconds: retrySeconds, reason: 'the mailer did not take all' };
    const result = await sendNext(services, batch, getTimeLeftMs);
    if ('seconds' in result) return result;
    batch = result.batch;
    calls += 1;
  }
};

const sendNext = async (
  services: Delivery,
  batch: DeliveryBatch,
  getTimeLeftMs: () => number,
): Promise<DeliveryDelay | { readonly batch: DeliveryBatch }> => {
  const waiting = selectWaitingIndexes(batch);
  const now = services.now().getTime();
  if (getTimeLeftMs() < minTimeForCallMs) return { seconds: 1, reason: 'out of time' };
  const latest = now + getTimeLeftMs() - minTimeForCallMs;
  const slot = await services.shared.reserveSlot({ wanted: waiting.length, latest });
  if (slot.kind === 'held') return slot;
  const indexes = waiting.slice(0, slot.count);
  const keys = indexes.flatMap((index) => batch.recipients[index]?.key ?? []);
  const readers = await services.shared.readReaders({ keys, roundAt: slot.roundAt });
  await services.sleep(Math.max(0, slot.at - services.now().getTime()));
  const until = new Date(services.now().getTime() + getTimeLeftMs() + maxClockSkewMs).toISOString();
  const result = await callMailer(services, batch, { ...readers, indexes, until });
  if (!result) return { batch: await readBatch(services, batch) };
  if (result.deferReason === undefined) return result;
  services.log.warn('the mailer takes nothing for now', { reason: result.deferReason });
  const isThrottled = /THROTTLED|TooManyRequests/.test(result.deferReason);
  return { seconds: isThrottled ? throttleDelaySeconds : maxDelaySeconds, reason: result.deferReason };
};

const readBatch = async ({ batches }: Delivery, { issue, batch: number }: BatchName): Promise<DeliveryBatch> => {
  const batch = await batches.get(issue, number);
  if (!batch) throw new Error(`there is no batch ${number} of ${issue}`);
  return batch;
};

const countSecondsUntilCallEnds = ({ now }: Delivery, { call }: DeliveryBatch): number =>
  (Date.parse(call?.until ?? '') - now().getTime()) / 1000 + 1;

/** @returns the batch as it is now: `after`, or what another invocation wrote meanwhile */
const replaceBatch = async (
  services: Delivery,
  before: DeliveryBatch,
  after: DeliveryBatch,
): Promise<DeliveryBatch> => {
  if (!(await services.batches.replace(before, after))) return readBatch(services, before);
  countOutcomeChanges(services.log, before, after);
  return after;
};

const markUncertain = async (services: Delivery, batch: DeliveryBatch): Promise<DeliveryBatch> => {
  services.log.warn('a call was interrupted: its recipients are uncertain', {
    issue: batch.issue,
    batch: batch.batch,
    recipients: batch.call?.indexes.length,
  });
  return replaceBatch(services, batch, reconcileCall(batch));
};

const suppressGoneAddresses = async (services: Delivery, batch: DeliveryBatch): Promise<DeliveryBatch> => {
  const at = services.now().toISOString();
  for (const { key, undeliverable } of batch.recipients) {
    if (undeliverable) await services.subscribers.apply(key, { kind: 'hardBounce', at });
  }
  return replaceBatch(services, batch, clearUndeliverableMarks(batch));
};
