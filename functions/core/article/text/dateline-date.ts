import { DateTime } from 'luxon';
import { type SeedInput, type StatedTime, toStatedTime } from '../../article.ts';
import { getCalendarNames } from './calendar-names.ts';
import type { PrintedDay } from './printed-day.ts';
import type { WrittenDateline } from './story.ts';

/** A day is on the same weekday again after 5, 6 or 11 years. */
const maxYearsBack = 11;

/**
 * The date of a dateline, midnight in the file's time zone. The year is the one written, else the last one before the
 * upload in which the day was on the weekday that the lede names. Undefined where there is neither.
 */
export const toDatelineDate = (
  day: WrittenDateline['day'],
  lede: string,
  file: Pick<SeedInput, 'timeZone' | 'uploadedAt'>,
): StatedTime | undefined => {
  if (!day) return undefined;
  const midnight = (year: number) => DateTime.fromObject({ ...day, year }, { zone: file.timeZone });
  if (day.year !== undefined) return toStatedTime(midnight(day.year), true);
  const weekday = findWeekday(lede);
  const upload = DateTime.fromISO(file.uploadedAt, { zone: file.timeZone });
  if (weekday === undefined || !upload.isValid) return undefined;
  const years = Array.from({ length: maxYearsBack }, (_, back) => upload.year - back);
  const found = years.map(midnight).find((date) => date.isValid && date <= upload && date.weekday === weekday);
  return found && toStatedTime(found, true);
};

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
