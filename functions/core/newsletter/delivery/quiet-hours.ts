import { DateTime } from 'luxon';
import type { Publication } from '../../publication.ts';

/** Milliseconds until the quiet hours end, in the publication's zone; 0 outside of them. */
export const countQuietMs = (
  { newsletter, timeZone }: Pick<Publication, 'newsletter' | 'timeZone'>,
  now: Date,
): number => {
  const quiet = newsletter.quietHours;
  if (!quiet || quiet.from === quiet.to) return 0;
  const local = DateTime.fromJSDate(now, { zone: timeZone });
  const { from, to } = quiet;
  const isQuiet = from < to ? local.hour >= from && local.hour < to : local.hour >= from || local.hour < to;
  if (!isQuiet) return 0;
  const today = local.set({ hour: to, minute: 0, second: 0, millisecond: 0 });
  // By the calendar: a day on which the clocks change does not have 24 hours.
  const end = today > local ? today : today.plus({ days: 1 });
  return Math.max(1, end.toMillis() - now.getTime());
};
