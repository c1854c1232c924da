import { expect, test } from 'vitest';
import { parseNextFiring } from '../../../../infra/local/events/next-firing.ts';

/** The minutes of a day that a schedule is due in. */
const dueOn = (day: string, expression: string): string[] => {
  const next = parseNextFiring(expression, 'UTC');
  const isDue = (at: Date): boolean => next(new Date(at.getTime() - 1))?.getTime() === at.getTime();
  const minutes = Array.from({ length: 1440 }, (_, at) => new Date(Date.parse(`${day}T00:00Z`) + at * 60_000));
  return minutes.filter(isDue).map((at) => at.toISOString().slice(11, 16));
};
// A Tuesday.
const day = '2026-11-24';

test.each([
  ['rate(12 hours)', ['00:00', '12:00']],
  ['rate(1 day)', ['00:00']],
  ['cron(0 7 * * ? *)', ['07:00']],
  ['cron(5/30 9-10 * * ? *)', ['09:05', '09:35', '10:05', '10:35']],
  ['cron(0 7 ? * TUE,3-5 *)', ['07:00']],
  ['cron(0 7 ? * MON-FRI 2026)', ['07:00']],
  ['cron(0 7 24 NOV ? *)', ['07:00']],
  ['cron(0 7 ? * SUN *)', []],
  ['cron(0 7 25 * ? *)', []],
  ['cron(0 7 L * ? *)', []],
  ['cron(0 7 L NOV,DEC ? *)', []],
  ['cron(0 7 ? * 3#4 *)', ['07:00']],
  ['cron(0 7 ? * TUE#4 *)', ['07:00']],
  ['cron(0 7 ? * 3#1 *)', []],
])('%s is due at %j', (expression, times) => {
  expect(dueOn(day, expression)).toEqual(times);
});

test('rate(1 minute) is due in every minute', () => {
  expect(dueOn(day, 'rate(1 minute)')).toHaveLength(1440);
});

test.each([
  'rate(0 minutes)',
  'rate(1 week)',
  'cron(0 7 * * ?)',
  'cron(0 25 * * ? *)',
  'cron(0 7 LW * ? *)',
  'cron(0 7 ? * 6L *)',
  'cron(0 7 ? * 2#6 *)',
  'at(2026)',
])('%s is refused', (expression) => {
  expect(() => parseNextFiring(expression, 'UTC')).toThrow('does not know the schedule');
});
