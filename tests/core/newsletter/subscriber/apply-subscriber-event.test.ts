import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applySubscriberEvent,
  type SubscriberEvent,
  softBounceLimit,
} from '../../../../functions/core/newsletter/subscriber/apply-subscriber-event.ts';
import type { Subscriber } from '../../../../functions/core/newsletter/subscriber/subscriber-record.ts';

const key = '0123456789abcdef0123456789abcdef';
const email = 'ana@harbour.example';
const then = '2026-11-20T07:00:00.000Z';
const signedUp = '2026-11-22T07:00:00.000Z';
const at = '2026-11-23T07:00:00.000Z';
const reachable = { key, since: then, email, cadence: 'daily' } as const;

const otherKey = 'fedcba9876543210fedcba9876543210';
const active = { state: 'active', ...reachable, paused: false, softBounces: 0 } as const;
const moving = {
  ...active,
  state: 'moving',
  movedTo: otherKey,
  newEmail: 'ana@quay.example',
  requestedAt: then,
} as const;

const states: Record<string, Subscriber | undefined> = {
  nobody: undefined,
  pending: { state: 'pending', ...reachable },
  active: { state: 'active', ...reachable, paused: false, softBounces: 0 },
  'active, bounced': { state: 'active', ...reachable, paused: false, softBounces: softBounceLimit - 1 },
  unsubscribed: { state: 'unsubscribed', ...reachable },
  bounced: { state: 'bounced', ...reachable },
  complained: { state: 'complained', ...reachable },
  erased: { state: 'erased', key, since: then },
  moving: { ...moving },
  'moved away': { state: 'unsubscribed', key, since: then, movedTo: otherKey },
};

const events: Record<string, SubscriberEvent> = {
  'sign up': { kind: 'signUp', key, email, cadence: 'weekly', at },
  confirm: { kind: 'confirm', since: then, at },
  'confirm another': { kind: 'confirm', since: '2026-11-19T07:00:00.000Z', at },
  pause: { kind: 'changePreferences', cadence: 'daily', paused: true },
  unsubscribe: { kind: 'unsubscribe', at },
  'hard bounce': { kind: 'hardBounce', at },
  'soft bounce': { kind: 'softBounce', at },
  delivered: { kind: 'delivered' },
  complain: { kind: 'complain', at },
  erase: { kind: 'erase', at },
  import: { kind: 'import', key, email, cadence: 'weekly', at, consent: 'A card at the fair', paused: false },
  return: { kind: 'return', key, email, cadence: 'weekly', since: signedUp, at },
  'return by an old link': { kind: 'return', key, email, cadence: 'weekly', since: then, at },
  'restore erasure': { kind: 'restoreErasure', key, at },
  'restore an old erasure': { kind: 'restoreErasure', key, at: '2026-11-19T07:00:00.000Z' },
  'import bounced': { kind: 'importInactive', key, email, cadence: 'weekly', at, state: 'bounced' },
  'move away': { kind: 'startMove', to: { key: otherKey, email: 'ana@quay.example' }, requestedAt: signedUp, at },
  'move away by an old link': {
    kind: 'startMove',
    to: { key: otherKey, email: 'ana@quay.example' },
    requestedAt: '2026-11-19T07:00:00.000Z',
    at,
  },
  'move in': {
    kind: 'subscribeMoved',
    from: { ...moving, key: otherKey, movedTo: key, since: at, requestedAt: signedUp },
  },
  'end of a move': { kind: 'endMove' },
  'forget the address': { kind: 'forgetAddress', leftBefore: signedUp },
};

/** What became of it, in a few words; `—` for nothing. */
const formatTransition = (before: Subscriber | undefined, after: Subscriber | undefined): string => {
  if (before === after) return '—';
  if (after?.state === 'active' && before?.state === 'active')
    return after.softBounces === before.softBounces ? 'paused' : `${after.softBounces} bounces`;
  if (after?.state === 'pending') return 'pending';
  if (after?.state === before?.state && after?.state !== 'erased' && after?.email === undefined) return 'forgotten';
  return after?.state ?? 'nobody';
};

// Rows are states, columns events, in the order of the objects above.
const table: Record<string, string[]> = {
  nobody: [
    'pending',
    '—',
    '—',
    '—',
    '—',
    '—',
    '—',
    '—',
    '—',
    '—',
    'active',
    '—',
    '—',
    'erased',
    'erased',
    'bounced',
    '—',
    '—',
    'active',
    '—',
    '—',
  ],
  pending: [
    'pending',
    'active',
    '—',
    '—',
    'unsubscribed',
    'bounced',
    '—',
    '—',
    'complained',
    'erased',
    '—',
    '—',
    '—',
    'erased',
    '—',
    'bounced',
    '—',
    '—',
    'active',
    '—',
    '—',
  ],
  active: [
    '—',
    '—',
    '—',
    'paused',
    'unsubscribed',
    'bounced',
    '1 bounces',
    '—',
    'complained',
    'erased',
    '—',
    '—',
    '—',
    'erased',
    '—',
    'bounced',
    'moving',
    '—',
    '—',
    '—',
    '—',
  ],
  'active, bounced': [
    '—',
    '—',
    '—',
    'paused',
    'unsubscribed',
    'bounced',
    'bounced',
    '0 bounces',
    'complained',
    'erased',
    '—',
    '—',
    '—',
    'erased',
    '—',
    'bounced',
    'moving',
    '—',
    '—',
    '—',
    '—',
  ],
  unsubscribed: [
    '—',
    '—',
    '—',
    '—',
    '—',
    'bounced',
    '—',
    '—',
    'complained',
    'erased',
    '—',
    'active',
    '—',
    'erased',
    '—',
    'bounced',
    '—',
    '—',
    'active',
    '—',
    'forgotten',
  ],
  bounced: [
    '—',
    '—',
    '—',
    '—',
    '—',
    '—',
    '—',
    '—',
    'complained',
    'erased',
    '—',
    'active',
    '—',
    'erased',
    '—',
    '—',
    '—',
    '—',
    'active',
    '—',
    'forgotten',
  ],
  complained: [
    '—',
    '—',
    '—',
    '—',
    '—',
    '—',
    '—',
    '—',
    '—',
    'erased',
    '—',
    'active',
    '—',
    'erased',
    '—',
    '—',
    '—',
    '—',
    'active',
    '—',
    'forgotten',
  ],
  erased: [
    '—',
    '—',
    '—',
    '—',
    '—',
    '—',
    '—',
    '—',
    '—',
    '—',
    '—',
    'active',
    '—',
    '—',
    '—',
    '—',
    '—',
    '—',
    'active',
    '—',
    '—',
  ],
  moving: [
    '—',
    '—',
    '—',
    '—',
    '—',
    '—',
    '—',
    '—',
    '—',
    'erased',
    '—',
    '—',
    '—',
    'erased',
    '—',
    '—',
    '—',
    '—',
    '—',
    'unsubscribed',
    '—',
  ],
  'moved away': [
    '—',
    '—',
    '—',
    '—',
    '—',
    'bounced',
    '—',
    '—',
    'complained',
    'erased',
    '—',
    'active',
    '—',
    'erased',
    '—',
    'bounced',
    '—',
    '—',
    'active',
    '—',
    '—',
  ],
};

describe.each(Object.entries(table))('%s', (state, row) => {
  it.each(Object.keys(events).map((event, column) => [event, row[column]]))('%s: %s', (event, expected) => {
    const before = states[state];
    const happened = events[event ?? ''];
    if (!happened) throw new Error(`no event ${event}`);
    expect(formatTransition(before, applySubscriberEvent(before, happened))).toBe(expected);
  });
});

it('the table has every state and every event', () => {
  expect(Object.keys(table)).toEqual(Object.keys(states));
  expect(Object.values(table).every((row) => row.length === Object.keys(events).length)).toBe(true);
});

it('a change of state is dated, and keeps address and cadence until they are erased', () => {
  expect(applySubscriberEvent(states.active, { kind: 'unsubscribe', at })).toEqual({
    state: 'unsubscribed',
    ...reachable,
    since: at,
  });
  expect(applySubscriberEvent(states.pending, { kind: 'confirm', since: then, at })).toEqual({
    state: 'active',
    ...reachable,
    since: at,
    paused: false,
    softBounces: 0,
    confirmedAt: at,
  });
  expect(applySubscriberEvent(states.active, { kind: 'erase', at })).toEqual({
    state: 'erased',
    key,
    since: at,
  });
});

it('a sign-up repeated within a day is the same one; later it is another, which earlier links do not confirm', () => {
  const again = (hours: number) =>
    applySubscriberEvent(states.pending, {
      kind: 'signUp',
      key,
      email,
      cadence: 'weekly',
      at: new Date(Date.parse(then) + hours * 3_600_000).toISOString(),
    });
  expect(again(23)).toMatchObject({ state: 'pending', cadence: 'weekly', since: then });
  expect(again(24)).toMatchObject({ state: 'pending', since: '2026-11-21T07:00:00.000Z' });
  expect(applySubscriberEvent(again(24), { kind: 'confirm', since: then, at })).toEqual(again(24));
});

/** Events in any order, each a minute after the one before; a confirmation is for a sign-up that happened, or none. */
const anyEvents = fc
  .array(fc.tuple(fc.constantFrom(...Object.keys(events)), fc.nat(5)), { maxLength: 40 })
  .map((drawn) =>
    drawn.map(([name, back], step): SubscriberEvent => {
      const instant = (minute: number) => new Date(Date.parse(then) + minute * 15 * 60_000).toISOString();
      const event = events[name] ?? { kind: 'delivered' };
      if ('since' in event) return { ...event, since: instant(Math.max(0, step - back)), at: instant(step) };
      return 'at' in event ? { ...event, at: instant(step) } : event;
    }),
  );

it('only the confirmation of a sign-up or an address after they left makes a reader active again, or an import one who is unknown', () => {
  let returns = 0;
  fc.assert(
    fc.property(fc.constantFrom(...Object.values(states)), anyEvents, (start, sequence) => {
      let subscriber = start;
      let signedUp = start?.state === 'pending';
      for (const event of sequence) {
        const before = subscriber;
        subscriber = applySubscriberEvent(before, event);
        if (before?.state !== 'active' && subscriber?.state === 'active') {
          if (before === undefined && event.kind === 'import') continue;
          returns += 1;
          if (event.kind === 'subscribeMoved')
            expect(before?.state === 'pending' || (before?.since ?? '') < event.from.requestedAt).toBe(true);
          else if (event.kind === 'return') expect(event.since > (before?.since ?? '')).toBe(true);
          else expect([event.kind, signedUp]).toEqual(['confirm', true]);
        }
        if (event.kind === 'signUp') signedUp = true;
        if (subscriber?.state !== 'pending' && subscriber?.state !== 'active') signedUp = false;
      }
    }),
    { numRuns: 5000 },
  );
  expect(returns).toBeGreaterThan(50);
});

it('every event but a soft bounce does the same twice as once', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.values(states)),
      fc.constantFrom(...Object.values(events).filter(({ kind }) => kind !== 'softBounce')),
      (subscriber, event) => {
        const once = applySubscriberEvent(subscriber, event);
        expect(applySubscriberEvent(once, event)).toBe(once);
      },
    ),
  );
});

it('who was imported keeps the words of their consent until they are erased', () => {
  const imported = applySubscriberEvent(undefined, events.import ?? { kind: 'delivered' });
  expect(imported).toMatchObject({
    state: 'active',
    since: at,
    consent: 'A card at the fair',
    softBounces: 0,
  });
  expect(applySubscriberEvent(imported, { kind: 'changePreferences', cadence: 'daily', paused: true })).toMatchObject({
    consent: 'A card at the fair',
  });
  const left = applySubscriberEvent(imported, { kind: 'unsubscribe', at });
  expect(left).toMatchObject({ consent: 'A card at the fair', confirmedAt: at });
  expect(applySubscriberEvent(left, { kind: 'erase', at })).not.toHaveProperty('consent');
});

it('erasing leaves nothing but the key, whatever was known', () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.values(states)), anyEvents, (start, sequence) => {
      const subscriber = applySubscriberEvent(sequence.reduce<Subscriber | undefined>(applySubscriberEvent, start), {
        kind: 'erase',
        at,
      });
      expect(JSON.stringify(subscriber ?? '')).not.toContain('@');
    }),
  );
});

it('a sign-up changes nothing about a reader who left: their address comes back with their confirmation', () => {
  for (const state of ['unsubscribed', 'bounced', 'complained', 'erased'] as const)
    expect(applySubscriberEvent(states[state], events['sign up'] ?? { kind: 'delivered' })).toBe(states[state]);
});

it('the proof of a consent says when and by which form, and when it was confirmed, also after a return', () => {
  const signUp = { kind: 'signUp', key, email, cadence: 'daily', at: then, form: 'subscribe', words: 'first' } as const;
  const pending = applySubscriberEvent(undefined, signUp);
  const active = applySubscriberEvent(pending, { kind: 'confirm', since: then, at });
  const proof = { signedUpAt: then, form: 'subscribe', words: 'first', confirmedAt: at };
  expect(active).toMatchObject(proof);
  const kept: SubscriberEvent[] = [
    { kind: 'changePreferences', cadence: 'weekly', paused: true },
    { kind: 'softBounce', at },
    { kind: 'unsubscribe', at },
    { kind: 'complain', at },
  ];
  expect(kept.reduce<Subscriber | undefined>(applySubscriberEvent, active)).toMatchObject(proof);
  const left = applySubscriberEvent(active, { kind: 'unsubscribe', at: then });
  const returned = { key, email, cadence: 'daily', since: signedUp, at, form: 'again', words: 'second' } as const;
  expect(applySubscriberEvent(left, { kind: 'return', ...returned })).toMatchObject({
    signedUpAt: signedUp,
    form: 'again',
    words: 'second',
    confirmedAt: at,
  });
});

it('a sign-up by another form on the same day is the one that counts', () => {
  const first = { kind: 'signUp', key, email, cadence: 'daily', at: then, form: 'other' } as const;
  const second = { ...first, at: signedUp, form: 'subscribe', words: 'w' } as const;
  const early = { ...second, at: new Date(Date.parse(then) + 60_000).toISOString() };
  const pending = applySubscriberEvent(applySubscriberEvent(undefined, first), early);
  expect(pending).toMatchObject({ since: then, signedUpAt: early.at, form: 'subscribe', words: 'w' });
});
