import { parse as parseDateWords } from 'chrono-node';
import { DateTime, FixedOffsetZone } from 'luxon';
import type { StatedTime } from '../../article.ts';
import { collapseWhitespace } from '../../text/collapse-whitespace.ts';

/** Before the first web page nothing was published on the web; a page of tomorrow's may be prepared, not of next year's. */
const earliestTime = DateTime.fromISO('1990-01-01', { zone: 'utc' });
const maxTimeAhead = { years: 1 };

/** What a written time is read with: the zone of times that name none, and the instant of the upload. */
export interface TimeContext {
  readonly timeZone: string;
  readonly uploadedAt: string;
}

const toStatedTime = (time: DateTime, dateOnly: boolean, { uploadedAt }: TimeContext): StatedTime | undefined => {
  if (!time.isValid || time < earliestTime) return undefined;
  const upload = DateTime.fromISO(uploadedAt);
  if (upload.isValid && time > upload.plus(maxTimeAhead)) return undefined;
  const at = time.toUTC().toISO();
  return at ? { at, dateOnly } : undefined;
};

const isoPattern =
  /^(\d{4})-?(\d{2})-?(\d{2})(?:[T\s]+(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?/i;

const parseIsoTime = (written: string, context: TimeContext): StatedTime | undefined => {
  const [, year, month, day, hour, minute, second = '00', zone = ''] = isoPattern.exec(written) ?? [];
  if (!year) return undefined;
  const named = /^[+-]/.test(zone) ? zone : zone && 'Z';
  const clock = hour ? `T${hour}:${minute}:${second}${named}` : '';
  return toStatedTime(DateTime.fromISO(`${year}-${month}-${day}${clock}`, { zone: context.timeZone }), !hour, context);
};

const parseRfc2822Time = (written: string, context: TimeContext): StatedTime | undefined => {
  const time = DateTime.fromRFC2822(written);
  return time.isValid ? toStatedTime(time, false, context) : undefined;
};

/** 04/05/2024 is April in one country and May in another: only where one number cannot be a month is it certain. */
const parseNumericDate = (written: string, context: TimeContext): StatedTime | undefined => {
  const [, first, second, year] = /(?<!\d)(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?!\d)/.exec(written) ?? [];
  const [a, b] = [Number(first), Number(second)];
  if (!year || (a <= 12 && b <= 12 && a !== b)) return undefined;
  const [month, day] = a > 12 ? [b, a] : [a, b];
  return toStatedTime(
    DateTime.fromObject({ year: Number(year), month, day }, { zone: context.timeZone }),
    true,
    context,
  );
};

const parseDateInWords = (written: string, context: TimeContext): StatedTime | undefined => {
  if (written.length > 120 || !/\b\d{4}\b/.test(written)) return undefined;
  const found = parseDateWords(written).find(
    ({ start, text }) =>
      /\p{L}{3}/u.test(text) && start.isCertain('year') && start.isCertain('month') && start.isCertain('day'),
  )?.start;
  if (!found) return undefined;
  const part = (name: 'year' | 'month' | 'day' | 'hour' | 'minute') => found.get(name) ?? 0;
  const day = { year: part('year'), month: part('month'), day: part('day') };
  if (!found.isCertain('hour'))
    return toStatedTime(DateTime.fromObject(day, { zone: context.timeZone }), true, context);
  const offset = found.get('timezoneOffset');
  const zone = offset === null ? context.timeZone : FixedOffsetZone.instance(offset);
  return toStatedTime(
    DateTime.fromObject({ ...day, hour: part('hour'), minute: part('minute') }, { zone }),
    false,
    context,
  );
};

/** Reads a time as pages write it: ISO 8601, mail form, seconds since 1970, or words ("5 March 2024"). Refuses what is not certain or not plausible. */
export const parseStatedTime = (written: string, context: TimeContext): StatedTime | undefined => {
  const text = collapseWhitespace(written);
  if (/^\d{10}$|^\d{13}$/.test(text)) {
    return toStatedTime(DateTime.fromMillis(Number(text.padEnd(13, '0'))), false, context);
  }
  return (
    parseIsoTime(text, context) ??
    parseRfc2822Time(text, context) ??
    parseNumericDate(text, context) ??
    parseDateInWords(text, context)
  );
};
