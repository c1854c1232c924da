import fc from 'fast-check';
import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { findNextIssueTime } from '../../../../functions/core/newsletter/issue/find-next-issue-time.ts';
import { scheduledCadences, weekdays } from '../../../../functions/core/publication.ts';
import { buildScheduleExpression } from '../../../../infra/constructs/issue-schedules.ts';
import { parseNextFiring } from '../../../../infra/local/events/next-firing.ts';

const lisbon = {
  timeZone: 'Europe/Lisbon',
  digest: { daily: { hour: 7 }, weekly: { day: 'friday', hour: 18 }, monthly: { day: 'last', hour: 7 } },
} as const;

test.each([
  ['daily', '2026-11-28T06:59:59Z', '2026-11-28T07:00:00.000Z'],
  ['daily', '2026-11-28T07:00:00Z', '2026-11-29T07:00:00.000Z'],
  ['daily', '2026-07-01T12:00:00Z', '2026-07-02T06:00:00.000Z'],
  ['weekly', '2026-11-28T06:00:00Z', '2026-12-04T18:00:00.000Z'],
  ['weekly', '2026-11-27T17:59:00Z', '2026-11-27T18:00:00.000Z'],
  ['weekly', '2026-11-27T18:00:00Z', '2026-12-04T18:00:00.000Z'],
  ['weekly', '2026-10-24T12:00:00Z', '2026-10-30T18:00:00.000Z'],
  ['monthly', '2026-11-28T06:00:00Z', '2026-11-30T07:00:00.000Z'],
  ['monthly', '2026-11-30T07:00:00Z', '2026-12-31T07:00:00.000Z'],
  ['monthly', '2028-02-01T00:00:00Z', '2028-02-29T07:00:00.000Z'],
  ['monthly', '2027-02-01T00:00:00Z', '2027-02-28T07:00:00.000Z'],
  ['monthly', '2027-07-15T00:00:00Z', '2027-07-31T06:00:00.000Z'],
] as const)('the next %s issue after %s is at %s', (cadence, now, at) => {
  expect(findNextIssueTime(lisbon, cadence, new Date(now))).toBe(at);
});

test('an immediate issue has no time', () => {
  const publication = { timeZone: 'UTC', digest: { immediately: { afterMinutes: 5 } } };
  expect(findNextIssueTime(publication, 'immediately', new Date('2026-11-28T06:00:00Z'))).toBeUndefined();
});

test('a cadence that the publication does not have has no next issue', () => {
  const publication = { timeZone: 'UTC', digest: { daily: { hour: 7 } } };
  expect(findNextIssueTime(publication, 'weekly', new Date('2026-11-28T06:00:00Z'))).toBeUndefined();
});

const monthDays = fc.oneof(
  fc.integer({ min: 1, max: 28 }),
  fc.constantFrom('last' as const, ...weekdays.map((day) => `first ${day}` as const)),
);

test('of each cadence it is when the schedule in the template fires', () => {
  const zones = ['UTC', 'Europe/Lisbon', 'America/New_York', 'America/Santiago', 'Africa/Cairo', 'Asia/Kathmandu'];
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.constantFrom(...weekdays),
      monthDays,
      fc.nat(23),
      fc.array(fc.date({ min: new Date('2024-01-01'), max: new Date('2034-01-01'), noInvalidDate: true }), {
        minLength: 5,
        maxLength: 5,
      }),
      (timeZone, day, dayOfMonth, hour, instants) => {
        const digest = { daily: { hour }, weekly: { day, hour }, monthly: { day: dayOfMonth, hour } };
        for (const cadence of scheduledCadences)
          for (const now of instants) {
            const { expressionString } = buildScheduleExpression({ digest, timeZone }, cadence);
            const fires = parseNextFiring(expressionString, timeZone)(now);
            expect(findNextIssueTime({ timeZone, digest }, cadence, now)).toBe(fires?.toISOString());
          }
      },
    ),
    { numRuns: 60 },
  );
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
