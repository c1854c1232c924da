import { DateTime } from 'luxon';
import { type SeedInput, type StatedTime, toStatedTime } from '../../article.ts';
import { getCalendarNames } from './calendar-names.ts';
import type { PrintedDay } from './printed-day.ts';
import type { WrittenDateline } from './story.ts';

/** A day is on the same weekday again after 5, 6 or 11 years. */
const maxYearsBack = 11;
/** It is already tomorrow in the east, and agencies date a story for the papers of the next day. */
const maxDaysAhead = 2;
/** A story that was uploaded so soon is of that day, whatever weekday its lede names. */
const maxRecentDays = 60;
/** Without a weekday, an older day could be of any year. */
const maxUnconfirmedDays = 180;

/**
 * The date of a dateline, midnight in the file's time zone. The year, and the month, are those written, else those
 * nearest before the upload. Where that is months before, the year is the last one in which the day was on the weekday
 * that the lede names.
 */
export const toDatelineDate = (
  day: WrittenDateline['day'],
  lede: string,
  file: Pick<SeedInput, 'timeZone' | 'uploadedAt'>,
): StatedTime | undefined => {
  if (!day) return undefined;
  const upload = DateTime.fromISO(file.uploadedAt, { zone: file.timeZone });
  const date =
    day.year === undefined ? findDateBefore(day, lede, upload) : DateTime.fromObject(day, { zone: upload.zone });
  return date?.isValid ? toStatedTime(date, true) : undefined;
};

type MonthAndDay = Pick<NonNullable<WrittenDateline['day']>, 'month' | 'day'>;

const findDateBefore = (written: MonthAndDay, lede: string, upload: DateTime): DateTime | undefined => {
  const dates = listDates(written, upload.plus({ days: maxDaysAhead }));
  const weekday = findWeekday(lede);
  const [ahead] = dates;
  if (ahead && ahead > upload && isNextTo(ahead.weekday, weekday)) return ahead;
  const past = dates.filter((date) => date <= upload);
  const [nearest] = past;
  if (!nearest || isWithinDays(maxRecentDays, nearest, upload)) return nearest;
  const confirmed = weekday === undefined ? undefined : past.find((date) => date.weekday === weekday);
  return confirmed ?? (isWithinDays(maxUnconfirmedDays, nearest, upload) ? nearest : undefined);
};

/** The dates that a day may be, the last one first. */
const listDates = ({ month, day }: MonthAndDay, latest: DateTime): DateTime[] => {
  const months =
    month === undefined
      ? Array.from({ length: 3 }, (_, back) => latest.startOf('month').minus({ months: back }))
      : Array.from({ length: maxYearsBack + 1 }, (_, back) =>
          latest.startOf('year').set({ month }).minus({ years: back }),
        );
  return months.map((first) => first.set({ day })).filter((date) => date.day === day && date <= latest);
};

const isWithinDays = (days: number, date: DateTime, upload: DateTime): boolean => date >= upload.minus({ days });

/** A story of the next day names that day, or one beside it. */
const isNextTo = (weekday: number, named: number | undefined): boolean =>
  named === undefined || [0, 1, 6].includes((weekday - named + 7) % 7);

/** A day near the headline, midnight in the file's time zone. Undefined for days more than one day after the upload. */
export const toPrintedTime = (
  day: PrintedDay,
  file: Pick<SeedInput, 'timeZone' | 'uploadedAt'>,
): StatedTime | undefined => {
  const date = DateTime.fromObject({ ...day }, { zone: file.timeZone });
  const upload = DateTime.fromISO(file.uploadedAt);
  return date.isValid && date <= upload.plus({ days: 1 }) ? toStatedTime(date, true) : undefined;
};

let weekdayPattern: RegExp | undefined;

/** The weekday that a text names, 1 for Monday; undefined where it names none or several. */
const findWeekday = (text: string): number | undefined => {
  const { weekdays } = getCalendarNames();
  weekdayPattern ??= createWeekdayPattern([...weekdays.keys()]);
  const found = new Set<number | undefined>();
  for (const { groups } of text.toLowerCase().slice(0, 2000).matchAll(weekdayPattern)) {
    const stem = groups?.stem ?? groups?.whole ?? '';
    found.add([...weekdays].find(([name]) => name.startsWith(stem) && name.length - stem.length < 2)?.[1]);
  }
  return found.size === 1 ? [...found][0] : undefined;
};

/** Names may be inflected: the last vowel is left out, and up to three more letters may follow. */
const createWeekdayPattern = (names: readonly string[]): RegExp => {
  const spaced = names.filter((name) => !unspaced.test(name));
  const stems = spaced.map((name) => (name.length > 4 ? name.replace(/[aeiouąęáéíóúаеиіоуья]$/u, '') : name));
  const longestFirst = [...new Set(stems)].sort((a, b) => b.length - a.length);
  // "Last Monday" is not the day of the dateline.
  const other = String.raw`(?<!\b(?:last|next|previous|following|coming|every|each) )`;
  const whole = names.filter((name) => unspaced.test(name));
  return new RegExp(
    String.raw`(?<!\p{L})${other}(?<stem>${longestFirst.join('|')})\p{L}{0,3}(?!\p{L})|(?<whole>${whole.join('|')})`,
    'gu',
  );
};

const unspaced = /[\p{Script=Han}\p{Script=Hangul}]/u;
