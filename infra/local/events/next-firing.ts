import { DateTime, IANAZone } from 'luxon';
import { UnsupportedTemplateError } from '../template/template.ts';
import { type CronFields, parseCron, parseRate } from './schedule.ts';

/** The first time of a schedule after an instant. */
export type NextFiring = (after: Date) => Date | undefined;

const maxLookaheadDays = 366 * 5;

const isScheduledDay = (day: DateTime, allowed: CronFields): boolean =>
  allowed.year.has(day.year) &&
  allowed.month.has(day.month) &&
  (allowed.dayOfMonth === 'L' ? day.day === day.daysInMonth : allowed.dayOfMonth.has(day.day)) &&
  allowed.dayOfWeek.has((day.weekday % 7) + 1) &&
  (allowed.weekOfMonth ?? Math.ceil(day.day / 7)) === Math.ceil(day.day / 7);

/** The times of a day, in order: without those that the clocks skip, and once those that occur twice. */
const listTimes = (day: DateTime, { hour, minute }: CronFields): DateTime[] =>
  [...hour].flatMap((h) =>
    [...minute].flatMap((m) => {
      const time = day.set({ hour: h, minute: m });
      return time.hour === h && time.minute === m ? [time] : [];
    }),
  );

/**
 * Parses a schedule of EventBridge Scheduler, a rate or a cron expression in an IANA time zone: it skips a time that
 * does not exist when the clocks go forward, and fires once at a time that occurs twice
 * (https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html, "Daylight savings time").
 * @throws {UnsupportedTemplateError}
 */
export const parseNextFiring = (expression: string, zone: string): NextFiring => {
  if (!IANAZone.isValidZone(zone))
    throw new UnsupportedTemplateError(`The local run does not know the time zone ${zone}.`);
  const allowed = parseCron(expression);
  if (!allowed) {
    const every = parseRate(expression) * 60_000;
    return (after) => new Date((Math.floor(after.getTime() / every) + 1) * every);
  }
  return (after) => {
    const first = DateTime.fromJSDate(after, { zone }).startOf('day');
    for (let days = 0; days < maxLookaheadDays; days += 1) {
      const day = first.plus({ days });
      if (!isScheduledDay(day, allowed)) continue;
      const time = listTimes(day, allowed).find((each) => each.toMillis() > after.getTime());
      if (time) return time.toJSDate();
    }
    return undefined;
  };
};
