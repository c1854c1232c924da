import type { Cadence } from '../../publication.ts';
import { type Consent, type SignUpConsent, selectConsent } from './consent.ts';
import { endMove, type MoveAway, moveAway, moveIn } from './move-subscriber.ts';
import type { LeftSubscriber, Subscriber, SubscriberInState } from './subscriber-record.ts';

interface NewReader {
  readonly key: string;
  readonly email: string;
  readonly cadence: Cadence;
  readonly at: string;
}

/** `at` is the instant of the event; `since` is that of the sign-up that a token confirms. */
export type SubscriberEvent =
  | (NewReader & SignUpConsent & { readonly kind: 'signUp' })
  /** From another system's list, which says when and how they consented. */
  | (NewReader & Consent & { readonly kind: 'import'; readonly paused: boolean })
  | (Consent &
      Pick<NewReader, 'key' | 'at'> &
      Partial<NewReader> & {
        readonly kind: 'importInactive';
        readonly state: 'unsubscribed' | 'bounced' | 'complained';
      })
  | { readonly kind: 'confirm'; readonly since: string; readonly at: string }
  /** Confirms the sign-up of a reader who had left before. */
  | (NewReader & SignUpConsent & { readonly kind: 'return'; readonly since: string })
  | { readonly kind: 'changePreferences'; readonly cadence: Cadence; readonly paused: boolean }
  | MoveAway
  /** At the new address. */
  | { readonly kind: 'moveIn'; readonly from: SubscriberInState<'moving'> }
  /** At the old address, once they are active at the new one. */
  | { readonly kind: 'endMove' }
  | { readonly kind: 'unsubscribe'; readonly at: string }
  | { readonly kind: 'hardBounce'; readonly at: string }
  | { readonly kind: 'softBounce'; readonly at: string }
  | { readonly kind: 'delivered' }
  | { readonly kind: 'complain'; readonly at: string }
  | { readonly kind: 'erase'; readonly at: string }
  /** Of those who left before an instant, only the keyed hash stays. */
  | { readonly kind: 'forgetAddress'; readonly leftBefore: string }
  /** An erasure that the table has lost. It spares a reader who came back since. */
  | { readonly kind: 'restoreErasure'; readonly key: string; readonly at: string };

/** Consecutive issues that bounced softly before the address counts as gone. */
export const softBounceLimit = 5;

/** Milliseconds. A sign-up repeated within a day is the same one: every confirmation link sent for it works. */
const repeatedSignUpMs = 24 * 60 * 60 * 1000;

type EventOfKind<Kind extends SubscriberEvent['kind']> = SubscriberEvent & { readonly kind: Kind };

/**
 * The subscriber after an event. A repeated event changes nothing, except that each soft bounce counts. An import adds
 * unknown readers and ends the subscription of known ones who left elsewhere.
 * @param subscriber undefined where the key is unknown
 * @returns the same object where the event changes nothing
 */
export const applySubscriberEvent = (
  subscriber: Subscriber | undefined,
  event: SubscriberEvent,
): Subscriber | undefined => {
  if (event.kind === 'signUp') return signUp(subscriber, event);
  if (event.kind === 'import') {
    const { key, email, cadence, at: since, paused } = event;
    const consent = { confirmedAt: since, ...selectConsent(event) };
    return subscriber ?? { state: 'active', key, email, cadence, since, paused, softBounces: 0, ...consent };
  }
  if (event.kind === 'importInactive' && !subscriber) {
    const { state, key, email, cadence, at: since } = event;
    const reachable = { ...(email !== undefined && { email }), ...(cadence !== undefined && { cadence }) };
    return { state, key, since, ...reachable, ...selectConsent(event) };
  }
  if (event.kind === 'restoreErasure')
    return subscriber && (subscriber.state === 'erased' || subscriber.since > event.at)
      ? subscriber
      : { state: 'erased', key: event.key, since: event.at };
  if (event.kind === 'return') return returnReader(subscriber, event);
  if (event.kind === 'moveIn') return moveIn(subscriber, event.from);
  if (!subscriber || subscriber.state === 'erased') return subscriber;
  if (event.kind === 'erase') return { state: 'erased', key: subscriber.key, since: event.at };
  if (subscriber.state === 'moving') return event.kind === 'endMove' ? endMove(subscriber) : subscriber;
  switch (event.kind) {
    case 'confirm':
      return confirm(subscriber, event);
    case 'moveAway':
      return subscriber.state === 'active' ? moveAway(subscriber, event) : subscriber;
    case 'endMove':
      return subscriber;
    case 'forgetAddress':
      return forgetAddress(subscriber, event);
    case 'changePreferences':
      return subscriber.state === 'active' ? changePreferences(subscriber, event) : subscriber;
    case 'softBounce':
      return subscriber.state === 'active' ? addSoftBounce(subscriber, event) : subscriber;
    case 'delivered':
      return subscriber.state === 'active' && subscriber.softBounces > 0
        ? { ...subscriber, softBounces: 0 }
        : subscriber;
    case 'unsubscribe':
      return endSubscription(subscriber, 'unsubscribed', event.at);
    case 'hardBounce':
      return endSubscription(subscriber, 'bounced', event.at);
    case 'importInactive':
      return endSubscription(subscriber, event.state, event.at);
    case 'complain':
      return endSubscription(subscriber, 'complained', event.at);
  }
};

/** Changes nothing about a reader who is or was subscribed: anybody can type in their address. */
const signUp = (subscriber: Subscriber | undefined, event: EventOfKind<'signUp'>): Subscriber => {
  const { key, email, cadence, at, form, words } = event;
  const signedUp = { state: 'pending', key, email, cadence, ...selectConsent({ ...event, signedUpAt: at }) } as const;
  if (!subscriber) return { ...signedUp, since: at };
  if (subscriber.state !== 'pending') return subscriber;
  const isRepeated = Date.parse(at) - Date.parse(subscriber.since) < repeatedSignUpMs;
  const isSame =
    cadence === subscriber.cadence &&
    email === subscriber.email &&
    form === subscriber.form &&
    words === subscriber.words;
  if (isRepeated && isSame) return subscriber;
  return { ...signedUp, since: isRepeated ? subscriber.since : at };
};

const confirm = (subscriber: SubscriberInState, { since, at }: EventOfKind<'confirm'>): Subscriber => {
  if (subscriber.state !== 'pending' || subscriber.since !== since) return subscriber;
  const { key, email, cadence } = subscriber;
  const consent = { ...selectConsent(subscriber), confirmedAt: at };
  return { state: 'active', key, email, cadence, since: at, paused: false, softBounces: 0, ...consent };
};

/** Not by the link of a sign-up before they left. */
const returnReader = (subscriber: Subscriber | undefined, event: EventOfKind<'return'>): Subscriber | undefined => {
  const { key, email, cadence, since, at } = event;
  if (!subscriber || subscriber.state === 'active' || subscriber.state === 'pending') return subscriber;
  if (subscriber.state === 'moving' || subscriber.since >= since) return subscriber;
  const consent = selectConsent({ ...event, signedUpAt: since, confirmedAt: at });
  return { state: 'active', key, email, cadence, since: at, paused: false, softBounces: 0, ...consent };
};

const changePreferences = (
  subscriber: SubscriberInState<'active'>,
  { cadence, paused }: EventOfKind<'changePreferences'>,
): Subscriber =>
  subscriber.cadence === cadence && subscriber.paused === paused ? subscriber : { ...subscriber, cadence, paused };

const addSoftBounce = (subscriber: SubscriberInState<'active'>, { at }: EventOfKind<'softBounce'>): Subscriber => {
  const softBounces = subscriber.softBounces + 1;
  return softBounces < softBounceLimit ? { ...subscriber, softBounces } : endSubscription(subscriber, 'bounced', at);
};

/** The more severe reason is kept: a complaint outweighs a bounce, a bounce an unsubscription. */
const severity = { pending: 0, active: 0, unsubscribed: 1, bounced: 2, complained: 3 } as const;

const endSubscription = (
  subscriber: SubscriberInState<'pending' | 'active'> | LeftSubscriber,
  state: 'unsubscribed' | 'bounced' | 'complained',
  at: string,
): Subscriber => {
  if (severity[subscriber.state] >= severity[state]) return subscriber;
  const { key, email, cadence } = subscriber;
  const kept = 'movedTo' in subscriber ? { movedTo: subscriber.movedTo } : {};
  const reachable = { ...(email !== undefined && { email }), ...(cadence !== undefined && { cadence }) };
  return { state, key, since: at, ...reachable, ...selectConsent(subscriber), ...kept };
};

const forgetAddress = (
  subscriber: SubscriberInState<'pending' | 'active'> | LeftSubscriber,
  { leftBefore }: EventOfKind<'forgetAddress'>,
): Subscriber => {
  if (subscriber.state === 'pending' || subscriber.state === 'active') return subscriber;
  if (subscriber.email === undefined || subscriber.since >= leftBefore) return subscriber;
  const { state, key, since } = subscriber;
  return { state, key, since, ...('movedTo' in subscriber && { movedTo: subscriber.movedTo }) };
};
