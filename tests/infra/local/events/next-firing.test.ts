import fc from 'fast-check';
import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { parseNextFiring } from '../../../../infra/local/events/next-firing.ts';

const firings = (expression: string, zone: string, from: string, count: number): string[] => {
  const next = parseNextFiring(expression, zone);
  const found: string[] = [];
  let at: Date | undefined = new Date(from);
  while (found.length < count) {
    at = next(at);
    if (!at) break;
    found.push(at.toISOString());
  }
  return found;
};

test('seven in the morning is seven in the time zone, in winter and in summer', () => {
  expect(firings('cron(0 7 * * ? *)', 'Europe/Lisbon', '2026-03-27T12:00:00Z', 3)).toEqual([
    '2026-03-28T07:00:00.000Z',
    '2026-03-29T06:00:00.000Z',
    '2026-03-30T06:00:00.000Z',
  ]);
  expect(firings('cron(30 9 ? * MON *)', 'Asia/Kolkata', '2026-12-07T04:00:00Z', 2)).toEqual([
    '2026-12-14T04:00:00.000Z',
    '2026-12-21T04:00:00.000Z',
  ]);
});

test('a time that the clocks skip does not fire, and one that occurs twice fires once', () => {
  expect(firings('cron(30 2 * * ? *)', 'Europe/Berlin', '2026-03-27T12:00:00Z', 2)).toEqual([
    '2026-03-28T01:30:00.000Z',
    '2026-03-30T00:30:00.000Z',
  ]);
  const october = firings('cron(30 2 * * ? *)', 'Europe/Berlin', '2026-10-24T12:00:00Z', 2);
  expect(october.map((at) => at.slice(0, 10))).toEqual(['2026-10-25', '2026-10-26']);
});

test('a rate fires at every multiple of it; a day that never comes has no firing', () => {
  expect(firings('rate(2 hours)', 'UTC', '2026-12-01T07:00:00Z', 2)).toEqual([
    '2026-12-01T08:00:00.000Z',
    '2026-12-01T10:00:00.000Z',
  ]);
  expect(firings('cron(0 0 31 2 ? *)', 'UTC', '2026-12-01T07:00:00Z', 1)).toEqual([]);
});

test('the next firing after any instant is at that hour, within a day', () => {
  const zone = 'Europe/Lisbon';
  const next = parseNextFiring('cron(0 7 * * ? *)', zone);
  const instant = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(instant, (after) => {
      const at = next(after);
      expect(at?.getTime()).toBeGreaterThan(after.getTime());
      expect((at?.getTime() ?? 0) - after.getTime()).toBeLessThanOrEqual(25 * 3_600_000);
      expect(DateTime.fromJSDate(at ?? after, { zone }).toFormat('HH:mm:ss')).toBe('07:00:00');
    }),
  );
});
