import { expect, test } from 'vitest';
import { listPauseDays, parsePause } from '../../../../functions/core/newsletter/subscriber/pause.ts';

const at = (now: string, timeZone = 'Europe/Lisbon') => ({ publication: { timeZone }, now: new Date(now) });

test.each([
  ['pause-week', '2026-11-28T23:30:00Z', 'Europe/Lisbon', '2026-12-05T00:00:00.000Z'],
  ['pause-week', '2026-11-28T23:30:00Z', 'Asia/Tokyo', '2026-12-05T15:00:00.000Z'],
  ['pause-month', '2026-01-31T12:00:00Z', 'Europe/Lisbon', '2026-02-28T00:00:00.000Z'],
  ['pause-quarter', '2026-01-10T12:00:00Z', 'Europe/Lisbon', '2026-04-09T23:00:00.000Z'],
  // Where clocks go forward at midnight, the day begins at one.
  ['pause-week', '2026-03-24T12:00:00Z', 'Africa/Cairo', '2026-03-30T22:00:00.000Z'],
] as const)('%s on %s in %s ends at %s', (choice, now, timeZone, pausedUntil) => {
  expect(parsePause(choice, '', at(now, timeZone))).toEqual({ pausedUntil });
});

test('a pause ends on a day from tomorrow to a year from now', () => {
  const clock = at('2026-11-28T09:00:00Z');
  expect(listPauseDays(clock)).toEqual({ first: '2026-11-29', last: '2027-11-28' });
  expect(parsePause('pause-date', '2026-11-29', clock)).toEqual({ pausedUntil: '2026-11-29T00:00:00.000Z' });
  expect(parsePause('pause-date', '2027-11-28', clock)).toEqual({ pausedUntil: '2027-11-28T00:00:00.000Z' });
  for (const date of ['', '2026-11-28', '2027-11-29', '2027-02-30', '29.11.2026', '2026-W50-1', '2026-12-01T00:00'])
    expect(parsePause('pause-date', date, clock)).toBe('invalidDate');
  expect(parsePause('pause', '2026-12-01', clock)).toEqual({});
});
