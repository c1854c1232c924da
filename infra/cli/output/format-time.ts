import { DateTime } from 'luxon';

/** A time for people, by the clocks of a zone: `Tue 1 Dec 2026, 07:00`. */
export const formatTime = (at: string | Date, timeZone: string): string =>
  DateTime.fromJSDate(new Date(at), { zone: timeZone }).setLocale('en-GB').toFormat('ccc d MMM yyyy, HH:mm');
