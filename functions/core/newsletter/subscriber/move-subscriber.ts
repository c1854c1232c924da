import { carryProgress, raiseProgress } from './progress.ts';
import type { Subscriber, SubscriberInState } from './subscriber-record.ts';

/** They confirmed another address, asked for at an instant. */
export interface StartMove {
  readonly kind: 'startMove';
  readonly to: { readonly key: string; readonly email: string };
  readonly requestedAt: string;
  readonly at: string;
}

/** Not by the link of an earlier subscription. From this instant on, nothing is mailed to the old address. */
export const startMove = (subscriber: SubscriberInState<'active'>, { to, requestedAt, at }: StartMove): Subscriber =>
  subscriber.since > requestedAt || to.key === subscriber.key
    ? subscriber
    : { ...subscriber, state: 'moving', since: at, movedTo: to.key, newEmail: to.email, requestedAt };

/**
 * The reader at the new address, with all that they chose. Who is subscribed there keeps that subscription alone, and
 * who left there after the change was asked for stays away.
 */
export const subscribeMoved = (
  subscriber: Subscriber | undefined,
  { newEmail: email, movedTo: key, requestedAt, ...from }: SubscriberInState<'moving'>,
): Subscriber => {
  if (subscriber && (subscriber.state === 'active' || subscriber.state === 'moving')) return subscriber;
  if (subscriber && subscriber.state !== 'pending' && subscriber.since >= requestedAt) return subscriber;
  const carried = carryProgress(from);
  const own = subscriber && 'progress' in subscriber ? subscriber.progress : undefined;
  const progress = own && 'position' in own ? raiseProgress(carried, own.position) : carried;
  return { ...from, state: 'active', key, email, progress, softBounces: 0 };
};

/** The old address goes at once. Its keyed hash keeps an import from bringing it back. */
export const endMove = ({ key, since, movedTo }: SubscriberInState<'moving'>): Subscriber => ({
  state: 'unsubscribed',
  key,
  since,
  movedTo,
});
