import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { parsePublication } from '../../../../functions/core/publication.ts';
import { checkSchedules, findClockChangeConflicts } from '../../../../infra/cli/doctor/check-schedules.ts';
import { parseNextFiring } from '../../../../infra/local/events/next-firing.ts';
import { validSettings } from './valid-settings.ts';

const now = new Date('2026-11-24T12:00:00Z');
const checkClockChange = (digest: object, timeZone: string) =>
  checkSchedules(parsePublication({ ...validSettings, digest, timeZone }), now);

describe('a daily hour', () => {
  test('that the clocks jump over is a warning with its date', () => {
    expect(checkClockChange({ daily: { hour: 2 } }, 'Europe/Berlin')).toEqual([
      {
        check: 'daily schedule',
        level: 'warning',
        message:
          '02:00 on Sunday 28 March 2027 does not exist: no issue is composed then, and the next one contains its articles.',
        action: 'Choose another hour in digest.daily.hour of the settings if you want an issue on that date.',
      },
      {
        check: 'daily schedule',
        level: 'ok',
        message: '02:00 on Sunday 31 October 2027 occurs twice; the issue is composed once.',
      },
    ]);
  });

  test('that no change meets is well', () => {
    expect(checkClockChange({ daily: { hour: 7 } }, 'Europe/Lisbon').map(({ level }) => level)).toEqual(['ok']);
  });

  test('that is jumped over by half an hour is one, too', () => {
    expect(checkClockChange({ daily: { hour: 2 } }, 'Australia/Lord_Howe').map(({ level }) => level)).toContain(
      'warning',
    );
  });
});

test('a weekly hour is met on its own weekday alone', () => {
  const level = (day: string) =>
    checkClockChange({ weekly: { day, hour: 1 } }, 'Europe/Lisbon').map(({ level }) => level);
  expect(level('sunday')).toEqual(['warning', 'ok']);
  expect(level('monday')).toEqual(['ok']);
});

test('dates are skipped exactly where the schedule of the local run skips them', () => {
  const zones = [
    'Europe/Berlin',
    'America/New_York',
    'America/Santiago',
    'Africa/Cairo',
    'Asia/Kolkata',
    'Atlantic/Azores',
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: 0, max: 23 }),
      fc.date({ min: new Date('2020-01-01'), max: new Date('2034-01-01'), noInvalidDate: true }),
      (timeZone, hour, from) => {
        const start = DateTime.fromJSDate(from, { zone: timeZone }).startOf('day');
        const next = parseNextFiring(`cron(0 ${hour} * * ? *)`, timeZone);
        const fired = new Set<string>();
        let at = next(new Date(start.toMillis() - 1));
        for (let count = 0; count < 366 && at; count += 1) {
          fired.add(DateTime.fromJSDate(at, { zone: timeZone }).toISODate() ?? '');
          at = next(at);
        }
        const skipped = findClockChangeConflicts({ digest: { daily: { hour } }, timeZone }, from)
          .filter(({ kind }) => kind === 'skipped')
          .map(({ date }) => date.toISODate());
        const missing = Array.from({ length: 366 }, (_, days) => start.plus({ days }).toISODate() ?? '').filter(
          (date) => !fired.has(date),
        );
        expect(skipped).toEqual(missing);
      },
    ),
    { numRuns: 30 },
  );
});
