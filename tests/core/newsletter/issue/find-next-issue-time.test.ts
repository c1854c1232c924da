import fc from 'fast-check';
import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { findNextIssueTime } from '../../../../functions/core/newsletter/issue/find-next-issue-time.ts';
import { weekdays } from '../../../../functions/core/publication.ts';

const lisbon = {
  timeZone: 'Europe/Lisbon',
  digest: { daily: { hour: 7 }, weekly: { day: 'friday' as const, hour: 18 } },
};

test.each([
  ['daily', '2026-11-28T06:59:59Z', '2026-11-28T07:00:00.000Z'],
  ['daily', '2026-11-28T07:00:00Z', '2026-11-29T07:00:00.000Z'],
  ['daily', '2026-07-01T12:00:00Z', '2026-07-02T06:00:00.000Z'],
  ['weekly', '2026-11-28T06:00:00Z', '2026-12-04T18:00:00.000Z'],
  ['weekly', '2026-11-27T17:59:00Z', '2026-11-27T18:00:00.000Z'],
  ['weekly', '2026-11-27T18:00:00Z', '2026-12-04T18:00:00.000Z'],
  ['weekly', '2026-10-24T12:00:00Z', '2026-10-30T18:00:00.000Z'],
] as const)('the next %s issue after %s is at %s', (cadence, now, at) => {
  expect(findNextIssueTime(lisbon, cadence, new Date(now))).toBe(at);
});

test('a cadence that the publication does not have has no next issue', () => {
  const publication = { timeZone: 'UTC', digest: { daily: { hour: 7 } } };
  expect(findNextIssueTime(publication, 'weekly', new Date('2026-11-28T06:00:00Z'))).toBeUndefined();
});

test('whatever the zone, it is the first time after now on such a day and at such an hour', () => {
  const zones = ['UTC', 'Asia/Tokyo', 'America/St_Johns', 'Pacific/Kiritimati', 'Asia/Kathmandu'];
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.constantFrom(...weekdays),
      fc.nat(23),
      fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
      (timeZone, day, hour, now) => {
        const digest = { daily: { hour }, weekly: { day, hour } };
        for (const [cadence, maxHours] of [
          ['daily', 25],
          ['weekly', 7 * 24 + 1],
        ] as const) {
          const at = findNextIssueTime({ timeZone, digest }, cadence, now) ?? '';
          const hours = (Date.parse(at) - now.getTime()) / 3_600_000;
          expect(hours).toBeGreaterThan(0);
          expect(hours).toBeLessThanOrEqual(maxHours);
          if (cadence === 'weekly') expect(weekdays[DateTime.fromISO(at, { zone: timeZone }).weekday - 1]).toBe(day);
        }
      },
    ),
  );
});
