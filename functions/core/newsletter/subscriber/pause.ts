import { DateTime } from 'luxon';
import type { Publication } from '../../publication.ts';

const pauseLengths = {
  'pause-week': { weeks: 1 },
  'pause-month': { months: 1 },
  'pause-quarter': { months: 3 },
} as const;

/** `pause` alone ends when the reader ends it. */
export const pauseChoices = ['pause-week', 'pause-month', 'pause-quarter', 'pause-date', 'pause'] as const;
export type PauseChoice = (typeof pauseChoices)[number];

interface PauseClock {
  readonly publication: Pick<Publication, 'timeZone'>;
  readonly now: Date;
}

const findToday = ({ publication: { timeZone }, now }: PauseClock): DateTime =>
  DateTime.fromJSDate(now, { zone: timeZone }).startOf('day');

/** The days, such as `2026-12-05`, on which a pause may end. */
export const listPauseDays = (clock: PauseClock): { readonly first: string; readonly last: string } => {
  const today = findToday(clock);
  return {
    first: today.plus({ days: 1 }).toISODate() ?? '',
    last: today.plus({ years: 1 }).toISODate() ?? '',
  };
};

/** A pause ends when its last day begins in the publication's time zone, before the issues of that day. */
export const parsePause = (
  choice: PauseChoice,
  date: string,
  clock: PauseClock,
): { readonly pausedUntil?: string } | 'invalidDate' => {
  if (choice === 'pause') return {};
  if (choice !== 'pause-date') return toPause(findToday(clock).plus(pauseLengths[choice]));
  const { first, last } = listPauseDays(clock);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || date < first || date > last) return 'invalidDate';
  return toPause(DateTime.fromISO(date, { zone: clock.publication.timeZone }).startOf('day'));
};

const toPause = (end: DateTime): { readonly pausedUntil: string } | 'invalidDate' => {
  const pausedUntil = end.toUTC().toISO();
  return pausedUntil === null ? 'invalidDate' : { pausedUntil };
};
