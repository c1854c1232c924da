import { suppressRecipient } from '../../core/newsletter/delivery/delivery-batch.ts';
import type { DeliveryBatch } from '../../core/newsletter/delivery/delivery-batch-record.ts';
import { formatIssueName, toCadenceAndNumber } from '../../core/newsletter/issue/issue-record.ts';
import type { LeftCadence, MissedRange } from '../../core/newsletter/subscriber/progress.ts';
import type { Subscriber } from '../../core/newsletter/subscriber/subscriber-record.ts';
import type { BatchStore } from './batches.ts';
import type { CadenceStateStore } from './cadence-states.ts';
import { findBatches, findRecipient } from './find-batches.ts';
import type { IssueStore } from './issues.ts';
import type { SubscriberStore } from './subscribers.ts';

/** Issues before the last one that they had: deliveries may overtake each other. */
const lookedBelow = 8;

interface PositionServices {
  readonly batches: Pick<BatchStore, 'get' | 'getLast'>;
  readonly cadenceStates: Pick<CadenceStateStore, 'get'>;
  readonly issues: Pick<IssueStore, 'get'>;
}

export interface LeftPositionServices extends PositionServices {
  readonly batches: Pick<BatchStore, 'get' | 'getLast' | 'replace'>;
  readonly subscribers: Pick<SubscriberStore, 'apply'>;
}

/**
 * Issues that are looked into: more are not under way at once. Without a known delivery, they were in none of the last.
 */
const maxIssues = { since: 400, withoutSince: 30 } as const;

/**
 * Gives a reader who left their cadence a position: the end of the last of its letters that they had. Where a letter
 * waits for them, it is taken back. Where a letter is being sent, the subscriber stays as it is.
 */
export const recordLeftPosition = async (
  services: LeftPositionServices,
  subscriber: Subscriber,
): Promise<Subscriber> => {
  if (subscriber.state === 'erased' || subscriber.state === 'pending') return subscriber;
  const { progress } = subscriber;
  if (!progress || !('left' in progress)) return subscriber;
  const found = await findPosition(services, { key: subscriber.key, ...progress.left }, (batch, key) =>
    takeBack(services, batch, key),
  );
  if (found === undefined) return subscriber;
  const { after } = await services.subscribers.apply(subscriber.key, {
    kind: 'recordPosition',
    left: progress.left,
    ...found,
  });
  return after ?? subscriber;
};

/** Where a reader is who left their cadence, without a change: a letter that waits for them counts as theirs. */
export const findLeftPosition = async (
  services: PositionServices,
  key: string,
  left: LeftCadence,
): Promise<FoundPosition | undefined> =>
  findPosition(services, { key, ...left }, async (batch, own) => {
    const outcome = findRecipient(batch, own)?.outcome;
    return outcome === undefined || outcome === 'suppressed' ? 'not' : 'had';
  });

export interface FoundPosition {
  readonly position: number;
  readonly missed?: readonly MissedRange[];
}

/** @returns undefined while one of the letters is being sent */
const findPosition = async (
  services: PositionServices,
  { key, cadence, since, floor }: LeftCadence & { readonly key: string },
  take: (batch: DeliveryBatch, key: string) => Promise<'had' | 'not' | 'calling'>,
): Promise<FoundPosition | undefined> => {
  const { open, number, arrival } = await services.cadenceStates.get(cadence);
  const newest = open?.number ?? number;
  const oldest = since
    ? Math.max(toCadenceAndNumber(since.issue).number, newest - maxIssues.since)
    : newest - maxIssues.withoutSince;
  // Where they are if none of the letters that are looked at was theirs.
  let before: FoundPosition = { position: floor ?? open?.after ?? arrival };
  let had: number | undefined;
  const missed: MissedRange[] = [];
  for (let each = newest, looked = 0; each >= Math.max(1, oldest) && looked < lookedBelow; each -= 1) {
    const name = formatIssueName({ cadence, number: each });
    const issue = await services.issues.get(name);
    if (had !== undefined) looked += 1;
    if (!issue || issue.state === 'discarded') continue;
    if (floor !== undefined && issue.upTo <= floor) break;
    if (name === since?.issue && since.batch === 0) had ??= issue.upTo;
    for (const batch of await findBatches(services.batches, name, key)) {
      const taken = await take(batch, key);
      if (taken === 'calling') return undefined;
      const recipient = findRecipient(batch, key);
      if (taken === 'had') had ??= batch.upTo ?? issue.upTo;
      else if (had !== undefined && recipient?.position === undefined)
        missed.unshift({ after: issue.after, upTo: issue.upTo });
      else if (had === undefined) before = toPositionBefore(recipient, issue.after);
    }
  }
  const lowest = floor ?? 0;
  if (had === undefined) return { ...before, position: Math.max(lowest, before.position) };
  return { position: Math.max(lowest, had), missed: missed.filter(({ after }) => after >= lowest) };
};

const toPositionBefore = (
  recipient: DeliveryBatch['recipients'][number] | undefined,
  regularAfter: number,
): FoundPosition => {
  const { position = regularAfter, missed } = recipient ?? {};
  return { position, ...(missed && { missed }) };
};

const takeBack = async (
  { batches }: LeftPositionServices,
  batch: DeliveryBatch,
  key: string,
): Promise<'had' | 'not' | 'calling'> => {
  for (let current: DeliveryBatch | undefined = batch; current; ) {
    const outcome = findRecipient(current, key)?.outcome;
    if (outcome === 'suppressed' || outcome === undefined) return 'not';
    if (outcome !== 'waiting') return 'had';
    if (current.state === 'calling') return 'calling';
    if (await batches.replace(current, suppressRecipient(current, key))) return 'not';
    current = await batches.get(batch.issue, batch.batch);
  }
  return 'not';
};
