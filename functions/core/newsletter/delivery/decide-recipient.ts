import { toCadenceAndNumber } from '../issue/issue-record.ts';
import { type ActiveSubscriber, isPaused, type Subscriber } from '../subscriber/subscriber-record.ts';
import type { DeliveryBatch } from './delivery-batch-record.ts';

/** `claim`: the letter is sent if the reader's position can be moved first; `loseStep`: they need another letter. */
export type RecipientDecision = 'send' | 'claim' | 'suppress' | 'loseStep';

/**
 * Decides whether a recipient gets the letter, by the subscriber's state, preferences and progress when the mail is
 * sent, not when the issue was composed.
 */
export const decideRecipient = (
  subscriber: Subscriber | undefined,
  batch: Pick<DeliveryBatch, 'issue' | 'batch'>,
  recipient: Pick<DeliveryBatch['recipients'][number], 'position'>,
  now: string,
): RecipientDecision => {
  const { cadence } = toCadenceAndNumber(batch.issue);
  if (subscriber?.state !== 'active' || isPaused(subscriber, now) || subscriber.cadence !== cadence) return 'suppress';
  const { progress } = subscriber;
  if (progress && 'left' in progress) return 'suppress';
  if (progress && 'position' in progress) return progress.position === recipient.position ? 'claim' : 'suppress';
  return decideInStep(progress, batch, recipient);
};

type InStep = Exclude<ActiveSubscriber['progress'], { position: number } | { left: unknown }>;

const decideInStep = (
  progress: InStep,
  batch: Pick<DeliveryBatch, 'issue' | 'batch'>,
  { position }: Pick<DeliveryBatch['recipients'][number], 'position'>,
): RecipientDecision => {
  // Claimed by an earlier call for the same batch.
  if (progress?.since.issue === batch.issue) return progress.since.batch === batch.batch ? 'send' : 'suppress';
  const isLater = !progress || toCadenceAndNumber(progress.since.issue).number < toCadenceAndNumber(batch.issue).number;
  if (!isLater || progress?.upTo !== undefined) return 'suppress';
  return position === undefined ? 'send' : 'loseStep';
};
