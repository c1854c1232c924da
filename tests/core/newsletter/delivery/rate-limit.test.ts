import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countQuietMs } from '../../../../functions/core/newsletter/delivery/quiet-hours.ts';
import { type RateLimit, reserve, reserveSlots } from '../../../../functions/core/newsletter/delivery/rate-limit.ts';

const now = Date.parse('2026-11-02T12:00:00Z');
const limits = { perSecond: 14, leftToday: 1000, readAt: now };
const rateLimit: RateLimit = { revision: 3, nextAt: 0, limits };
const request = { now, wanted: 50, latest: now + 30_000 };

test('a call is for as many as the account sends in a second, and the next waits for its time', () => {
  expect(reserve(rateLimit, request)).toEqual({
    kind: 'granted',
    count: 14,
    at: now,
    rateLimit: { ...rateLimit, nextAt: now + 1000, limits: { ...limits, leftToday: 986 } },
  });
});

test.each([
  ['limits that nobody read', { revision: 0, nextAt: 0 }, { kind: 'limitsUnknown' }],
  ['limits that are old', { ...rateLimit, limits: { ...limits, readAt: now - 60_000 } }, { kind: 'limitsUnknown' }],
  ['a pause', { ...rateLimit, paused: { at: '', reason: 'bounces' } }, { kind: 'paused', reason: 'bounces' }],
  [
    'a quota of which only the part for confirmations is left',
    { ...rateLimit, limits: { ...limits, leftToday: 10 } },
    { kind: 'quotaExhausted' },
  ],
  [
    'a rate given away for longer than is of use',
    { ...rateLimit, nextAt: now + 40_000 },
    { kind: 'rateExhausted', at: now + 40_000 },
  ],
])('%s gives no slot', (_, given, expected) => {
  expect(reserve(given, request)).toEqual(expected);
});

test('whatever is asked for, the rate and the quota hold', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.1, max: 1000, noNaN: true }),
      fc.integer({ min: 0, max: 500 }),
      fc.array(fc.record({ wanted: fc.integer({ min: 1, max: 50 }), after: fc.integer({ min: 0, max: 500 }) }), {
        maxLength: 30,
      }),
      (perSecond, leftToday, requests) => {
        let state: RateLimit = { revision: 0, nextAt: 0, limits: { perSecond, leftToday, readAt: now } };
        let clock = now;
        const calls: { at: number; count: number }[] = [];
        for (const { wanted, after } of requests) {
          clock += after;
          const reserved = reserve(state, { now: clock, wanted, latest: Number.POSITIVE_INFINITY });
          if (reserved.kind !== 'granted') continue;
          expect(reserved.count).toBeGreaterThanOrEqual(1);
          expect(reserved.count).toBeLessThanOrEqual(Math.max(1, Math.min(wanted, perSecond)));
          calls.push(reserved);
          state = reserved.rateLimit;
        }
        const total = calls.reduce((sum, { count }) => sum + count, 0);
        expect(total).toBeLessThanOrEqual(Math.max(0, leftToday - 10));
        for (const [index, call] of calls.entries()) {
          const before = calls[index - 1];
          if (before) expect(call.at - before.at).toBeGreaterThanOrEqual((before.count * 1000) / perSecond - 1e-6);
        }
      },
    ),
  );
});

test('calls of one invocation follow each other as the rate allows, and those that begin within a second are a round', () => {
  const reservation = reserveSlots(rateLimit, { ...request, wanted: [50, 5, 50] });
  expect(reservation).toEqual({
    kind: 'granted',
    slots: [
      { count: 14, at: now, roundAt: now },
      { count: 5, at: now + 1000, roundAt: now + 1000 },
      { count: 14, at: now + 1358, roundAt: now + 1000 },
    ],
    rateLimit: { ...rateLimit, nextAt: now + 2358, limits: { ...limits, leftToday: 967 } },
  });
});

test('several slots at once are those that would be reserved one after the other', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.1, max: 5000, noNaN: true }),
      fc.integer({ min: 0, max: 500 }),
      fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 10 }),
      fc.integer({ min: 0, max: 40_000 }),
      (perSecond, leftToday, wanted, usefulMs) => {
        const before: RateLimit = { revision: 0, nextAt: now + 100, limits: { perSecond, leftToday, readAt: now } };
        const latest = now + usefulMs;
        const reservation = reserveSlots(before, { now, wanted, latest });
        let state = before;
        const expected: { at: number; count: number }[] = [];
        for (const each of wanted) {
          const next = reserve(state, { now, wanted: each, latest });
          if (next.kind !== 'granted') break;
          expected.push({ at: next.at, count: next.count });
          state = next.rateLimit;
        }
        const { slots, rateLimit } = reservation.kind === 'granted' ? reservation : { slots: [], rateLimit: before };
        expect(slots.map(({ at, count }) => ({ at, count }))).toEqual(expected);
        expect(rateLimit).toEqual(state);
        for (const { at, roundAt } of slots) expect(at - roundAt).toBeLessThan(1000);
      },
    ),
  );
});

const publication = (from: number, to: number, timeZone = 'Europe/Lisbon') => ({
  timeZone,
  newsletter: {
    addressRetentionDays: 400,
    minimumArticles: 1,
    hold: false,
    topics: [],
    mailer: 'ses' as const,
    quietHours: { from, to },
  },
});
const hours = (milliseconds: number): number => milliseconds / 3_600_000;

test.each([
  ['at night, over midnight', publication(22, 7), '2026-11-02T23:30:00Z', 7.5],
  ['after midnight', publication(22, 7), '2026-11-02T06:00:00Z', 1],
  ['at the first minute', publication(22, 7), '2026-11-02T22:00:00Z', 9],
  ['at the last', publication(22, 7), '2026-11-02T07:00:00Z', 0],
  ['by day', publication(22, 7), '2026-11-02T12:00:00Z', 0],
  ['within a day', publication(9, 17), '2026-11-02T12:00:00Z', 5],
  ['by the clock of the publication', publication(22, 7, 'Asia/Tokyo'), '2026-11-02T21:00:00Z', 1],
  ['in the night that the clocks go back', publication(22, 7), '2026-10-24T22:00:00Z', 9],
  ['in the night that the clocks go forward', publication(22, 7), '2026-03-28T23:00:00Z', 7],
  ['with a beginning that is the end', publication(7, 7), '2026-11-02T07:00:00Z', 0],
])('quiet hours %s', (_, settings, at, expected) => {
  expect(hours(countQuietMs(settings, new Date(at)))).toBe(expected);
});
