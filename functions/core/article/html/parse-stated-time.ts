import { type ParsedResult, parse as parseDateWords } from 'chrono-node';
import { DateTime, FixedOffsetZone } from 'luxon';
import { type StatedTime, toStatedTime } from '../../article.ts';
import { collapseWhitespace } from '../../text/collapse-whitespace.ts';
import type { PageCalendar } from './page-calendar.ts';
import { findPageDate } from './parse-page-date.ts';

/**
 * Nothing was published on the web before its first page; a page may be prepared for tomorrow, but not for next year.
 */
const earliestTime = DateTime.fromISO('1990-01-01', { zone: 'utc' });
const maxTimeAhead = { years: 1 };

export interface TimeContext {
  readonly timeZone: string;
  readonly uploadedAt: string;
  readonly calendar: PageCalendar;
}

interface ParsedTime {
  readonly time: DateTime;
  readonly dateOnly: boolean;
}

/** Undefined for a time long before or after what a page can state. */
export const toPlausibleTime = (
  { time, dateOnly }: ParsedTime,
  { uploadedAt }: Pick<TimeContext, 'uploadedAt'>,
): StatedTime | undefined => {
  if (!time.isValid || time < earliestTime) return undefined;
  const upload = DateTime.fromISO(uploadedAt);
  return upload.isValid && time > upload.plus(maxTimeAhead) ? undefined : toStatedTime(time, dateOnly);
};

const parseTimestamp = (written: string): ParsedTime | undefined =>
  /^\d{10}$|^\d{13}$/.test(written)
    ? { time: DateTime.fromMillis(Number(written.padEnd(13, '0'))), dateOnly: false }
    : undefined;

const isoPattern =
  /^(\d{4})-?(\d{2})-?(\d{2})(?:[T\s]+(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?/i;

const parseIsoTime = (written: string, zone: string): ParsedTime | undefined => {
  const [, year, month, day, hour, minute, second = '00', offset = ''] = isoPattern.exec(written) ?? [];
  if (!year) return undefined;
  const clock = hour ? `T${hour}:${minute}:${second}${/^[+-]/.test(offset) ? offset : offset && 'Z'}` : '';
  return { time: DateTime.fromISO(`${year}-${month}-${day}${clock}`, { zone }), dateOnly: !hour };
};

const parseRfc2822Time = (written: string): ParsedTime | undefined => {
  const time = DateTime.fromRFC2822(written);
  return time.isValid ? { time, dateOnly: false } : undefined;
};

/** "Today" and "2 hours ago" say nothing once the page has been saved. */
const isRelative = (found: ParsedResult): boolean =>
  [...found.tags()].some((tag) => /^(?:casualReference|result\/relative)/.test(tag));

const isStatedDay = (found: ParsedResult): boolean => {
  const { start, text } = found;
  if (!/\p{L}{3}/u.test(text) || (isRelative(found) && !/\b\d{4}\b/.test(text))) return false;
  return start.isCertain('year') && start.isCertain('month') && start.isCertain('day');
};

const parseDateInWords = (written: string, { timeZone, uploadedAt }: TimeContext): ParsedTime | undefined => {
  if (written.length > 120 || !/\b\d{4}\b/.test(written)) return undefined;
  // The library's default reference is the current time.
  const found = parseDateWords(written, new Date(uploadedAt)).find(isStatedDay);
  if (!found) return undefined;
  const { start } = found;
  const get = (name: 'year' | 'month' | 'day' | 'hour' | 'minute') => start.get(name) ?? 0;
  const day = { year: get('year'), month: get('month'), day: get('day') };
  // "March 5, 2024 - 11 minutes" is a day and a reading time.
  if (!start.isCertain('hour') || isRelative(found))
    return { time: DateTime.fromObject(day, { zone: timeZone }), dateOnly: true };
  const offset = start.get('timezoneOffset');
  const zone = offset === null ? timeZone : FixedOffsetZone.instance(offset);
  return { time: DateTime.fromObject({ ...day, hour: get('hour'), minute: get('minute') }, { zone }), dateOnly: false };
};

const maxTimeLength = 1_000;
/** A page without a date can have any number of elements that look like one, and parsing words is slow. */
const maxTriedTexts = 1_000;

/**
 * Parses a time as pages write it: seconds since 1970, ISO 8601, RFC 2822, or a date in the page's language. Undefined
 * for what is not certain or not plausible.
 */
const parseStatedTime = (written: string, context: TimeContext): StatedTime | undefined => {
  const text = collapseWhitespace(written.slice(0, maxTimeLength));
  const toTime = (parsed: ParsedTime | undefined) => parsed && toPlausibleTime(parsed, context);
  const timestamp = parseTimestamp(text);
  if (timestamp) return toTime(timestamp);
  const { calendar, timeZone } = context;
  const inEnglish = () => toTime(parseDateInWords(text, context));
  const inPageLanguage = () => toTime(findPageDate(text, calendar, timeZone));
  return (
    toTime(parseIsoTime(text, timeZone)) ??
    toTime(parseRfc2822Time(text)) ??
    (calendar.isEnglish ? (inEnglish() ?? inPageLanguage()) : (inPageLanguage() ?? inEnglish()))
  );
};

export const parseFirstStatedTime = (texts: readonly string[], context: TimeContext): StatedTime | undefined => {
  for (const text of texts.slice(0, maxTriedTexts)) {
    const time = parseStatedTime(text, context);
    if (time) return time;
  }
  return undefined;
};
