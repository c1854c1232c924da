import { DateTime } from 'luxon';
import { parseDate } from '../../../functions/core/article/text/parse-date.ts';

/** Parsers, which take longer to build than to use. */
const buildParsers = (days: readonly string[], times: readonly string[]) =>
  days.map((day) => times.map((time) => DateTime.buildFormatParser(day + time, { locale: 'en-US' })));
type FormatParser = ReturnType<typeof DateTime.buildFormatParser>;

/** The day first, with dots: no country writes it in another order. */
const [dottedParsers = []] = buildParsers(['d.M.yyyy'], ['', ' H:mm', ' H:mm:ss']);

/** Written in one order or the other: clear only if one of them is no date, or both are the same. */
const slashedParsers = buildParsers(['d/M/yyyy', 'M/d/yyyy'], ['', ' H:mm', ' H:mm:ss', ' h:mm a', ' h:mm:ss a']);

const maxDateLength = 100;

const parseFirst = (written: string, parsers: readonly FormatParser[], zone: string): DateTime | undefined => {
  for (const parser of parsers) {
    const time = DateTime.fromFormatParser(written, parser, { zone, locale: 'en-US' });
    if (time.isValid) return time;
  }
  return undefined;
};

const parseSlashed = (written: string, zone: string): DateTime | undefined => {
  const [dayFirst, monthFirst] = slashedParsers.map((parsers) => parseFirst(written, parsers, zone));
  if (dayFirst && monthFirst) return +dayFirst === +monthFirst ? dayFirst : undefined;
  return dayFirst ?? monthFirst;
};

/** By the sign after the first number. */
const parseDay = (written: string, zone: string): DateTime | undefined => {
  const sign = /^\d{1,2}([./])/.exec(written)?.[1];
  if (sign === undefined) return undefined;
  return sign === '.' ? parseFirst(written, dottedParsers, zone) : parseSlashed(written, zone);
};

/** Seconds or milliseconds since 1970, in this century. */
const parseUnixTime = (written: string): DateTime | undefined => {
  if (!/^(?:\d{10}|\d{13})$/.test(written)) return undefined;
  return DateTime.fromMillis(Number(written) * (written.length === 10 ? 1000 : 1));
};

/** As Go prints it, after the offset: `2023-01-27 11:43:55.6 +0000 UTC m=+0.1`. */
const goZone = /([+-]\d{4}) (?:[A-Z]{1,5}|[+-]\d{2,4})(?: m=.*)?$/;

/** A time without a zone is in `timeZone`. Undefined for what can be read in two ways, such as 05/06/2024. */
export const parseCsvDate = (text: string, timeZone: string): string | undefined => {
  if (text.length > maxDateLength) return undefined;
  const written = text.trim().replace(goZone, '$1');
  const iso = /^\d{4}-\d\d-\d\d/.test(written)
    ? DateTime.fromISO(written.replace(' ', 'T'), { zone: timeZone })
    : undefined;
  const read = iso?.isValid ? iso : (parseDay(written, timeZone) ?? parseUnixTime(written));
  if (read) return read.toUTC().toISO() ?? undefined;
  // Any other number may be one that the system gave a subscriber.
  return /^\d+$/.test(written) ? undefined : parseDate(written, timeZone)?.at;
};
