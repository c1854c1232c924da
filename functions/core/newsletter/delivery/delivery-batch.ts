import { redactEmailAddresses } from '../subscriber/email-address.ts';
import type { DeliveryBatch, DeliveryOutcome } from './delivery-batch-record.ts';

type BatchRecipient = DeliveryBatch['recipients'][number];

export interface MailerResult {
  readonly outcome: 'sent' | 'failed' | 'refused' | 'retryable' | 'deferred' | 'uncertain';
  readonly detail?: string;
}

const maxTries = 5;

export type DeliveryStep = 'send' | 'reconcile' | 'wait' | 'suppress' | 'nothing';

/**
 * `wait`: a call may still be running; `reconcile`: a call was interrupted; `suppress`: some addresses do not exist.
 */
export const decideDeliveryStep = (batch: DeliveryBatch, now: Date): DeliveryStep => {
  if (batch.state === 'done') return 'nothing';
  if (batch.state === 'calling') return now.toISOString() < (batch.call?.until ?? '') ? 'wait' : 'reconcile';
  if (batch.recipients.some(({ outcome }) => outcome === 'waiting')) return 'send';
  return 'suppress';
};

/**
 * Once no more mail goes there, the address is removed: no ledger then has the address of a reader who is erased later.
 */
const removeFinalAddress = (recipient: BatchRecipient): BatchRecipient => {
  if (recipient.outcome === 'waiting') return recipient;
  const { email: _email, ...rest } = recipient;
  return rest;
};

const updateRecipients = (
  batch: DeliveryBatch,
  update: (recipient: BatchRecipient, index: number) => BatchRecipient,
): Pick<DeliveryBatch, 'recipients' | 'state'> => {
  const recipients = batch.recipients.map((recipient, index) => removeFinalAddress(update(recipient, index)));
  const isOpen = recipients.some(({ outcome, undeliverable }) => outcome === 'waiting' || undeliverable === true);
  return { recipients, state: isOpen ? 'queued' : 'done' };
};

const toNextAttempt = (batch: DeliveryBatch, changes: Pick<DeliveryBatch, 'recipients' | 'state'>): DeliveryBatch => {
  const { call: _call, ...kept } = batch;
  return { ...kept, ...changes, attempt: batch.attempt + 1 };
};

/**
 * Positions of waiting recipients, the least tried first, so that one who fails repeatedly does not delay the others.
 */
export const selectWaitingIndexes = ({ recipients }: DeliveryBatch): number[] =>
  recipients
    .flatMap(({ outcome, tries = 0 }, index) => (outcome === 'waiting' ? [{ index, tries }] : []))
    .sort((a, b) => a.tries - b.tries)
    .map(({ index }) => index);

/**
 * The batch to store before the mailer is called: those who no longer want the issue are suppressed.
 * @param wanted keys of those who want it
 * @param until when the call has ended in any case, since the function's timeout is shorter
 */
export const beginCall = (
  batch: DeliveryBatch,
  {
    indexes,
    wanted,
    until,
  }: {
    readonly indexes: readonly number[];
    readonly wanted: ReadonlySet<string>;
    readonly until: string;
  },
): DeliveryBatch => {
  const selected = new Set(indexes);
  const changes = updateRecipients(batch, (recipient, index) =>
    selected.has(index) && !wanted.has(recipient.key) ? { ...recipient, outcome: 'suppressed' } : recipient,
  );
  const called = indexes.filter((index) => changes.recipients[index]?.outcome === 'waiting');
  if (called.length === 0) return toNextAttempt(batch, changes);
  return { ...toNextAttempt(batch, changes), state: 'calling', call: { indexes: called, until } };
};

const applyMailerResult = (recipient: BatchRecipient, { outcome, detail }: MailerResult): BatchRecipient => {
  const { detail: _previous, ...rest } = recipient;
  const updated = {
    ...rest,
    ...(detail !== undefined && { detail: redactEmailAddresses(detail).slice(0, 200) }),
  };
  if (outcome === 'sent' || outcome === 'uncertain') return { ...updated, outcome };
  if (outcome === 'failed') return { ...updated, outcome, undeliverable: true };
  if (outcome === 'refused') return { ...updated, outcome: 'failed' };
  if (outcome === 'deferred') return updated;
  const tries = (recipient.tries ?? 0) + 1;
  return { ...updated, tries, outcome: tries < maxTries ? 'waiting' : 'failed' };
};

export const endCall = (batch: DeliveryBatch, results: readonly MailerResult[]): DeliveryBatch => {
  const called = batch.call?.indexes ?? [];
  const missing: MailerResult = { outcome: 'uncertain', detail: 'the mailer gave no answer' };
  return toNextAttempt(
    batch,
    updateRecipients(batch, (recipient, index) => {
      const position = called.indexOf(index);
      return position < 0 ? recipient : applyMailerResult(recipient, results[position] ?? missing);
    }),
  );
};

/** The batch after an interrupted call: its recipients may have the mail, so they are not called again. */
export const reconcileCall = (batch: DeliveryBatch): DeliveryBatch => {
  const detail = 'delivery was interrupted';
  return endCall(
    batch,
    (batch.call?.indexes ?? []).map(() => ({ outcome: 'uncertain', detail })),
  );
};

/** The batch of a table that was set back: whoever waits in it may have the mail. */
export const markWaitingUncertain = (batch: DeliveryBatch): DeliveryBatch => {
  const detail = 'the table was restored from a backup';
  return toNextAttempt(
    batch,
    updateRecipients(batch, ({ undeliverable: _undeliverable, ...recipient }) =>
      recipient.outcome === 'waiting' ? { ...recipient, outcome: 'uncertain', detail } : recipient,
    ),
  );
};

export const clearUndeliverableMarks = (batch: DeliveryBatch): DeliveryBatch =>
  toNextAttempt(
    batch,
    updateRecipients(batch, ({ undeliverable: _undeliverable, ...recipient }) => recipient),
  );

/**
 * The batch without the address of an erased reader who was waiting in it; the same batch where none was. A batch that
 * is being called is left alone: the address is removed when the call ends.
 */
export const suppressRecipient = (batch: DeliveryBatch, key: string): DeliveryBatch => {
  const isErased = (recipient: BatchRecipient): boolean => recipient.key === key && recipient.outcome === 'waiting';
  if (batch.state !== 'queued' || !batch.recipients.some(isErased)) return batch;
  return toNextAttempt(
    batch,
    updateRecipients(batch, (recipient) => (isErased(recipient) ? { ...recipient, outcome: 'suppressed' } : recipient)),
  );
};

/** Seconds until waiting recipients are tried again: a minute, then twice as long each time. */
export const decideRetryDelaySeconds = ({ recipients }: DeliveryBatch): number => {
  const waiting = recipients.filter(({ outcome }) => outcome === 'waiting');
  const fewestTries = Math.min(...waiting.map(({ tries = 0 }) => tries));
  return waiting.length === 0 || fewestTries === 0 ? 0 : 60 * 2 ** (fewestTries - 1);
};

export const countDeliveryOutcomes = (batches: readonly DeliveryBatch[]): Record<DeliveryOutcome, number> => {
  const counts = { waiting: 0, sent: 0, failed: 0, suppressed: 0, uncertain: 0 };
  for (const { recipients } of batches) for (const { outcome } of recipients) counts[outcome] += 1;
  return counts;
};
