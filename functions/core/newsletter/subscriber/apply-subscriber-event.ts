import { isDeepStrictEqual } from 'node:util';
import type { Cadence } from '../../publication.ts';
import { type Consent, type SignUpConsent, selectConsent } from './consent.ts';
import { endMove, type StartMove, startMove, subscribeMoved } from './move-subscriber.ts';
import {
  addPassedCadence,
  type LeftCadence,
  leaveStep,
  type MissedRange,
  type PassedCadence,
  type Progress,
  type ReaderDelivery,
  raiseProgress,
} from './progress.ts';
import type { LeftSubscriber, Subscriber, SubscriberInState } from './subscriber-record.ts';

interface NewReader {
  readonly key: string;
  readonly email: string;
  readonly cadence: Cadence;
  readonly topics?: readonly string[] | undefined;
  readonly at: string;
}

/** Where the announcements were when a reader confirmed. */
interface Coverage {
  /** What the last issue of their cadence ended with. */
  readonly covered: number;
  readonly announced: number;
}

/** Where an imported reader was in the announcements, in the numbers that these have here. */
interface Ledger {
  readonly position: number;
  readonly missed: readonly MissedRange[];
  readonly passed: readonly PassedCadence[];
}

interface PreferenceChange {
  readonly cadence: Cadence;
  readonly paused: boolean;
  readonly pausedUntil?: string | undefined;
  readonly topics?: readonly string[] | undefined;
}

/** `at` is the instant of the event; `since` is that of the sign-up that a token confirms. */
export type SubscriberEvent =
  | (NewReader & SignUpConsent & { readonly kind: 'signUp' })
  /** From another system's list, which says when and how they consented. */
  | (NewReader &
      Consent & {
        readonly kind: 'import';
        readonly paused: boolean;
        readonly pausedUntil?: string | undefined;
        readonly ledger?: Ledger | undefined;
      })
  | (Consent &
      Pick<NewReader, 'key' | 'at'> &
      Partial<NewReader> & {
        readonly kind: 'importInactive';
        readonly ledger?: Ledger | undefined;
        readonly state: 'unsubscribed' | 'bounced' | 'complained';
      })
  | { readonly kind: 'confirm'; readonly since: string; readonly at: string; readonly coverage?: Coverage }
  /** Confirms the sign-up of a reader who had left before. */
  | (NewReader & SignUpConsent & { readonly kind: 'return'; readonly since: string; readonly coverage?: Coverage })
  | (PreferenceChange & { readonly kind: 'changePreferences' })
  /** The publication does not offer `former` any more. */
  | { readonly kind: 'replaceCadence'; readonly former: Cadence; readonly cadence: Cadence }
  /** A letter goes out to a reader who is at a position, and moves them to its end. */
  | {
      readonly kind: 'claim';
      readonly position: number;
      readonly delivery: ReaderDelivery;
      readonly upTo: number;
    }
  /** A reader is where the cadence is, after its last issue: from now on, each issue moves them. */
  | { readonly kind: 'joinStep' }
  /** A reader was not in the issue that they were to be in. */
  | { readonly kind: 'loseStep' }
  /** Where a reader is was found in the batches of the cadence that they left. */
  | {
      readonly kind: 'recordPosition';
      readonly left: LeftCadence;
      readonly position: number;
      readonly missed?: readonly MissedRange[];
    }
  | StartMove
  /** At the new address. */
  | { readonly kind: 'subscribeMoved'; readonly from: SubscriberInState<'moving'> }
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
    const { key, email, cadence, at: since, paused, pausedUntil } = event;
    const consent = { confirmedAt: since, ...selectConsent(event) };
    const choice = { cadence, ...selectTopics(event), paused, ...(pausedUntil !== undefined && { pausedUntil }) };
    const ledger = selectLedger(event);
    return subscriber ?? { state: 'active', key, email, ...choice, since, ...ledger, softBounces: 0, ...consent };
  }
  if (event.kind === 'importInactive' && !subscriber) {
    const { state, key, email, cadence, at: since } = event;
    const reachable = { ...(email !== undefined && { email }), ...(cadence !== undefined && { cadence }) };
    return { state, key, since, ...reachable, ...selectLedger(event), ...selectConsent(event) };
  }
  if (event.kind === 'restoreErasure')
    return subscriber && (subscriber.state === 'erased' || subscriber.since > event.at)
      ? subscriber
      : { state: 'erased', key: event.key, since: event.at };
  if (event.kind === 'return') return returnReader(subscriber, event);
  if (event.kind === 'subscribeMoved') return subscribeMoved(subscriber, event.from);
  if (!subscriber || subscriber.state === 'erased') return subscriber;
  if (event.kind === 'erase') return { state: 'erased', key: subscriber.key, since: event.at };
  if (subscriber.state === 'moving') return event.kind === 'endMove' ? endMove(subscriber) : subscriber;
  switch (event.kind) {
    case 'confirm':
      return confirm(subscriber, event);
    case 'startMove':
      return subscriber.state === 'active' ? startMove(subscriber, event) : subscriber;
    case 'endMove':
      return subscriber;
    case 'forgetAddress':
      return forgetAddress(subscriber, event);
    case 'changePreferences':
      return subscriber.state === 'active' ? changePreferences(subscriber, event) : subscriber;
    case 'replaceCadence':
      return subscriber.state === 'active' ? replaceCadence(subscriber, event) : subscriber;
    case 'claim':
      return subscriber.state === 'active' ? claim(subscriber, event) : subscriber;
    case 'joinStep':
      return subscriber.state === 'active' ? joinStep(subscriber) : subscriber;
    case 'loseStep':
      return subscriber.state === 'active' ? withProgress(subscriber, leaveStep(subscriber)) : subscriber;
    case 'recordPosition':
      return subscriber.state === 'active' ? recordPosition(subscriber, event) : subscriber;
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

const selectLedger = ({ ledger }: { readonly ledger?: Ledger | undefined }) =>
  ledger && {
    progress: { position: ledger.position, ...(ledger.missed.length > 0 && { missed: [...ledger.missed] }) },
    ...(ledger.passed.length > 0 && { passed: [...ledger.passed] }),
  };

const selectTopics = ({ topics }: Pick<NewReader, 'topics'>): { topics?: string[] } =>
  topics ? { topics: [...topics] } : {};

/** Changes nothing about a reader who is or was subscribed: anybody can type in their address. */
const signUp = (subscriber: Subscriber | undefined, event: EventOfKind<'signUp'>): Subscriber => {
  const { key, email, cadence, topics, at, form, words } = event;
  const consent = selectConsent({ ...event, signedUpAt: at });
  const signedUp = { state: 'pending', key, email, cadence, ...selectTopics(event), ...consent } as const;
  if (!subscriber) return { ...signedUp, since: at };
  if (subscriber.state !== 'pending') return subscriber;
  const isRepeated = Date.parse(at) - Date.parse(subscriber.since) < repeatedSignUpMs;
  const isSame =
    cadence === subscriber.cadence &&
    topics?.join() === subscriber.topics?.join() &&
    email === subscriber.email &&
    form === subscriber.form &&
    words === subscriber.words;
  if (isRepeated && isSame) return subscriber;
  return { ...signedUp, since: isRepeated ? subscriber.since : at };
};

const confirm = (subscriber: SubscriberInState, { since, at, coverage }: EventOfKind<'confirm'>): Subscriber => {
  if (subscriber.state !== 'pending' || subscriber.since !== since) return subscriber;
  const { key, email, cadence } = subscriber;
  const consent = { ...selectConsent(subscriber), confirmedAt: at };
  const progress = coverage && { progress: { position: coverage.covered } };
  const choice = { cadence, ...selectTopics(subscriber) };
  return { state: 'active', key, email, ...choice, since: at, ...progress, paused: false, softBounces: 0, ...consent };
};

/** Not by the link of a sign-up before they left. */
const returnReader = (subscriber: Subscriber | undefined, event: EventOfKind<'return'>): Subscriber | undefined => {
  const { key, email, cadence, since, at, coverage } = event;
  if (!subscriber || subscriber.state === 'active' || subscriber.state === 'pending') return subscriber;
  if (subscriber.state === 'moving' || subscriber.since >= since) return subscriber;
  const consent = selectConsent({ ...event, signedUpAt: since, confirmedAt: at });
  const ledger = coverage && findLedgerOnReturn(subscriber, coverage);
  const choice = { cadence, ...selectTopics(event) };
  return { state: 'active', key, email, ...choice, since: at, ...ledger, paused: false, softBounces: 0, ...consent };
};

/** Of a reader who was erased, or is forgotten, nothing is known: nothing that was announced before comes again. */
const findLedgerOnReturn = (
  subscriber: LeftSubscriber | SubscriberInState<'erased'>,
  { covered, announced }: Coverage,
): Pick<SubscriberInState<'active'>, 'progress' | 'passed'> => {
  if (subscriber.state === 'erased' || subscriber.cadence === undefined) return { progress: { position: announced } };
  const { cadence, progress, passed = [] } = subscriber;
  const former = progress && 'position' in progress ? addPassedCadence(passed, cadence, progress.position) : passed;
  return {
    progress: raiseProgress(leaveStep({ cadence, ...(progress && { progress }) }), covered),
    ...(former.length > 0 && { passed: [...former] }),
  };
};

const withProgress = (subscriber: SubscriberInState<'active'>, progress: Progress): SubscriberInState<'active'> =>
  subscriber.progress === progress ? subscriber : { ...subscriber, progress };

const claim = (
  subscriber: SubscriberInState<'active'>,
  { position, delivery, upTo }: EventOfKind<'claim'>,
): SubscriberInState<'active'> => {
  const { progress } = subscriber;
  if (!progress || !('position' in progress) || progress.position !== position) return subscriber;
  return { ...subscriber, progress: { since: delivery, upTo } };
};

const joinStep = (subscriber: SubscriberInState<'active'>): SubscriberInState<'active'> => {
  const { progress } = subscriber;
  return progress && 'since' in progress && progress.upTo !== undefined
    ? { ...subscriber, progress: { since: progress.since } }
    : subscriber;
};

const recordPosition = (
  subscriber: SubscriberInState<'active'>,
  { left, position, missed = [] }: EventOfKind<'recordPosition'>,
): Subscriber => {
  const { cadence, progress, passed = [] } = subscriber;
  if (!progress || !('left' in progress) || !isDeepStrictEqual(progress.left, left)) return subscriber;
  const hasMoved = left.cadence !== cadence;
  return {
    ...subscriber,
    progress: { position, ...(missed.length > 0 && { missed: [...missed] }) },
    ...(hasMoved && { passed: addPassedCadence(passed, left.cadence, position) }),
  };
};

const changePreferences = (
  subscriber: SubscriberInState<'active'>,
  { cadence, paused, pausedUntil, topics }: EventOfKind<'changePreferences'>,
): Subscriber => {
  const { pausedUntil: _until, topics: _topics, progress: _progress, chosenCadence, ...kept } = subscriber;
  const isAsBefore =
    chosenCadence === undefined &&
    subscriber.cadence === cadence &&
    subscriber.paused === paused &&
    subscriber.pausedUntil === pausedUntil &&
    subscriber.topics?.join() === topics?.join();
  if (isAsBefore) return subscriber;
  const progress = leaveStep(subscriber);
  const hasMoved = 'position' in progress && cadence !== subscriber.cadence;
  return {
    ...kept,
    cadence,
    paused,
    progress,
    ...(hasMoved && { passed: addPassedCadence(subscriber.passed ?? [], subscriber.cadence, progress.position) }),
    ...(pausedUntil !== undefined && { pausedUntil }),
    ...selectTopics({ topics }),
  };
};

const replaceCadence = (
  subscriber: SubscriberInState<'active'>,
  { former, cadence }: EventOfKind<'replaceCadence'>,
): Subscriber => {
  const { paused, pausedUntil, topics, chosenCadence = former } = subscriber;
  if (subscriber.cadence !== former) return subscriber;
  const changed = changePreferences(subscriber, { kind: 'changePreferences', cadence, paused, pausedUntil, topics });
  return changed.state === 'active' ? { ...changed, chosenCadence } : changed;
};

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
  const { progress, passed } = 'progress' in subscriber || 'passed' in subscriber ? subscriber : {};
  const ledger = { ...(progress && { progress }), ...(passed && { passed }) };
  const reachable = { ...(email !== undefined && { email }), ...(cadence !== undefined && { cadence }) };
  return { state, key, since: at, ...reachable, ...selectConsent(subscriber), ...ledger, ...kept };
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
