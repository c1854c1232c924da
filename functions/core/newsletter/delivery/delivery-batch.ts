import type { Cadence } from '../../publication.ts';
import { redactEmailAddresses } from '../subscriber/email-address.ts';
import type { Subscriber } from '../subscriber/subscriber-record.ts';
import type { DeliveryBatch, DeliveryOutcome } from './delivery-batch-record.ts';

type BatchRecipient = DeliveryBatch['recipients'][number];

/** What the mailer said of one recipient, as far as the ledger goes. */
export interface MailerResult {
  readonly outcome: 'sent' | 'failed' | 'refused' | 'retryable' | 'deferred' | 'uncertain';
  readonly detail?: string;
}

/** How often a recipient is tried, before its issue goes without it. */
const maxTries = 5;

/** What is to be done next with a batch. */
export type DeliveryStep = 'send' | 'settle' | 'wait' | 'dismiss' | 'nothing';

/**
 * `wait` where a call is under way that may still be alive; `settle` where one was left behind; `dismiss` where
 * addresses are gone and their subscribers have not been told.
 */
export const decideDeliveryStep = (batch: DeliveryBatch, now: Date): DeliveryStep => {
  if (batch.state === 'done') return 'nothing';
  if (batch.state === 'calling') return now.toISOString() < (batch.call?.until ?? '') ? 'wait' : 'settle';
  if (batch.recipients.some(({ outcome }) => outcome === 'waiting')) return 'send';
  return 'dismiss';
};

/** An entry without its address, once no mail will go there any more: who is erased later is then in no ledger. */
const removeAddress = (entry: BatchRecipient): BatchRecipient => {
  if (entry.outcome === 'waiting') return entry;
  const { email: _email, ...rest } = entry;
  return rest;
};

const updateRecipients = (
  batch: DeliveryBatch,
  change: (entry: BatchRecipient, place: number) => BatchRecipient,
): Pick<DeliveryBatch, 'recipients' | 'state'> => {
  const recipients = batch.recipients.map((entry, place) => removeAddress(change(entry, place)));
  const isOpen = recipients.some(
    ({ outcome, undeliverable: gone }) => outcome === 'waiting' || gone === true,
  );
  return { recipients, state: isOpen ? 'queued' : 'done' };
};

const toNextAttempt = (
  batch: DeliveryBatch,
  rest: Pick<DeliveryBatch, 'recipients' | 'state'>,
): DeliveryBatch => {
  const { call: _call, ...kept } = batch;
  return { ...kept, ...rest, attempt: batch.attempt + 1 };
};

/** Whether a reader is to have an issue of this cadence, by what they are and chose at the time it leaves. */
const wantsIssue = (subscriber: Subscriber | undefined, cadence: Cadence): boolean =>
  subscriber?.state === 'active' && !subscriber.paused && subscriber.cadence === cadence;

/** Places of those who wait for a call, the least tried first, so that a stubborn one does not hold up the others. */
export const selectWaitingIndexes = ({ recipients }: DeliveryBatch): number[] =>
  recipients
    .flatMap(({ outcome, tries = 0 }, place) => (outcome === 'waiting' ? [{ place, tries }] : []))
    .sort((a, b) => a.tries - b.tries)
    .map(({ place }) => place);

/**
 * A batch as it is written before the mailer is called for some places: those who do not want it any more are
 * suppressed, the others are in the call. Without any of these it is no call.
 * @param until when the call is over in any case, since nothing that made it lives longer
 */
export const beginCall = (
  batch: DeliveryBatch,
  {
    indexes: places,
    subscribers,
    cadence,
    until,
  }: {
    readonly indexes: readonly number[];
    readonly subscribers: ReadonlyMap<string, Subscriber>;
    readonly cadence: Cadence;
    readonly until: string;
  },
): DeliveryBatch => {
  const concerned = new Set(places);
  const isUnwanted = ({ key }: BatchRecipient, place: number): boolean =>
    concerned.has(place) && !wantsIssue(subscribers.get(key), cadence);
  const rest = updateRecipients(batch, (entry, place) =>
    isUnwanted(entry, place) ? { ...entry, outcome: 'suppressed' } : entry,
  );
  const called = places.filter((place) => rest.recipients[place]?.outcome === 'waiting');
  if (called.length === 0) return toNextAttempt(batch, rest);
  return { ...toNextAttempt(batch, rest), state: 'calling', call: { indexes: called, until } };
};

const applyMailerResult = (entry: BatchRecipient, { outcome, detail }: MailerResult): BatchRecipient => {
  const { detail: _before, ...rest } = entry;
  const noted = {
    ...rest,
    ...(detail !== undefined && { detail: redactEmailAddresses(detail).slice(0, 200) }),
  };
  if (outcome === 'sent' || outcome === 'uncertain') return { ...noted, outcome };
  if (outcome === 'failed') return { ...noted, outcome, undeliverable: true };
  if (outcome === 'refused') return { ...noted, outcome: 'failed' };
  if (outcome === 'deferred') return noted;
  const tries = (entry.tries ?? 0) + 1;
  return { ...noted, tries, outcome: tries < maxTries ? 'waiting' : 'failed' };
};

/** A batch after its call: `results` are in the order of the call's places; where one is missing, all is uncertain. */
export const endCall = (batch: DeliveryBatch, results: readonly MailerResult[]): DeliveryBatch => {
  const places = batch.call?.indexes ?? [];
  const missing: MailerResult = { outcome: 'uncertain', detail: 'the mailer gave no answer' };
  return toNextAttempt(
    batch,
    updateRecipients(batch, (entry, place) => {
      const index = places.indexOf(place);
      return index < 0 ? entry : applyMailerResult(entry, results[index] ?? missing);
    }),
  );
};

/** A batch whose call was left behind: nobody knows what became of its recipients, so none is called again. */
export const reconcileCall = (batch: DeliveryBatch): DeliveryBatch => {
  const detail = 'delivery was interrupted';
  return endCall(
    batch,
    (batch.call?.indexes ?? []).map(() => ({ outcome: 'uncertain', detail })),
  );
};

/** A batch after the subscribers of its gone addresses were told. */
export const clearUndeliverableMarks = (batch: DeliveryBatch): DeliveryBatch =>
  toNextAttempt(
    batch,
    updateRecipients(batch, ({ undeliverable: _gone, ...entry }) => entry),
  );

/**
 * A batch without the address of a reader who was erased while it waited there; the same batch where none does. One
 * that is being called is left: its call ends, and with it the address goes.
 */
export const suppressRecipient = (batch: DeliveryBatch, key: string): DeliveryBatch => {
  const isMeant = (entry: BatchRecipient): boolean => entry.key === key && entry.outcome === 'waiting';
  if (batch.state !== 'queued' || !batch.recipients.some(isMeant)) return batch;
  return toNextAttempt(
    batch,
    updateRecipients(batch, (entry) => (isMeant(entry) ? { ...entry, outcome: 'suppressed' } : entry)),
  );
};

/** Seconds until those are tried again whom the mailer did not take: a minute, then twice as long each time. */
export const decideRetryDelaySeconds = ({ recipients }: DeliveryBatch): number => {
  const tries = recipients.flatMap(({ outcome, tries: so = 0 }) => (outcome === 'waiting' ? [so] : []));
  return tries.length === 0 || Math.min(...tries) === 0 ? 0 : 60 * 2 ** (Math.min(...tries) - 1);
};

/** How many recipients came to what. */
export const countDeliveryOutcomes = (batches: readonly DeliveryBatch[]): Record<DeliveryOutcome, number> => {
  const counts = { waiting: 0, sent: 0, failed: 0, suppressed: 0, uncertain: 0 };
  for (const { recipients } of batches) for (const { outcome } of recipients) counts[outcome] += 1;
  return counts;
};
