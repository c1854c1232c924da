import { DateTime } from 'luxon';
import { type Cadence, isScheduled, type Publication, type ScheduledCadence, weekdays } from '../../publication.ts';

/** Longer than two months: the day of one month may have no such hour. */
const maxLookaheadDays = 64;

/** Whether an issue of the cadence is composed on a day, if the clocks do not skip its hour. */
export const isIssueDay = (
  { digest }: Pick<Publication, 'digest'>,
  cadence: ScheduledCadence,
  date: DateTime,
): boolean => {
  const weekday = weekdays[date.weekday - 1];
  if (cadence === 'daily') return digest.daily !== undefined;
  if (cadence === 'weekly') return weekday === digest.weekly?.day;
  const day = digest.monthly?.day;
  if (day === 'last') return date.day === date.daysInMonth;
  return typeof day === 'number' ? date.day === day : date.day <= 7 && day === `first ${weekday}`;
};

/**
 * When the next issue of a cadence is composed, by the publication's clocks. Undefined for a cadence that it does not
 * have, or that follows no schedule. The scheduler skips an hour that is not there when the clocks go forward.
 */
export const findNextIssueTime = (
  { digest, timeZone }: Pick<Publication, 'digest' | 'timeZone'>,
  cadence: Cadence,
  now: Date,
): string | undefined => {
  if (!isScheduled(cadence)) return undefined;
  const hour = digest[cadence]?.hour;
  if (hour === undefined) return undefined;
  const local = DateTime.fromJSDate(now, { zone: timeZone });
  // By the calendar: a day on which the clocks change does not have 24 hours.
  const times = Array.from({ length: maxLookaheadDays }, (_, days) =>
    local.startOf('day').plus({ days }).set({ hour }),
  );
  const next = times.find((time) => time > local && time.hour === hour && isIssueDay({ digest }, cadence, time));
  return next?.toUTC().toISO() ?? undefined;
};
