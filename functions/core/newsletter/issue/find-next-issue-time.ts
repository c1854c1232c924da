import { DateTime } from 'luxon';
import { type Cadence, type Publication, weekdays } from '../../publication.ts';

/**
 * When the next issue of a cadence is composed, by the publication's clocks. Undefined for a cadence it does not have.
 */
export const findNextIssueTime = (
  { digest, timeZone }: Pick<Publication, 'digest' | 'timeZone'>,
  cadence: Cadence,
  now: Date,
): string | undefined => {
  const hour = digest[cadence]?.hour;
  if (hour === undefined) return undefined;
  const local = DateTime.fromJSDate(now, { zone: timeZone });
  const today = local.set({ hour, minute: 0, second: 0, millisecond: 0 });
  const day = cadence === 'weekly' && digest.weekly ? weekdays.indexOf(digest.weekly.day) + 1 : undefined;
  // By the calendar: a day on which the clocks change does not have 24 hours.
  const days = Array.from({ length: 8 }, (_, index) => today.plus({ days: index }));
  const next = days.find((each) => each > local && (day === undefined || each.weekday === day));
  return next?.toUTC().toISO() ?? undefined;
};
