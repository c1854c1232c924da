import { DateTime } from 'luxon';
import { parseDate } from '../../../functions/core/article/text/parse-date.ts';

/** The day first, with dots: no country writes it in another order. */
const dottedFormats = ['d.M.yyyy', 'd.M.yyyy H:mm', 'd.M.yyyy H:mm:ss'];

/** Written in one order or the other: clear only if one of them is no date, or both are the same. */
const slashedTimes = ['', ' H:mm', ' H:mm:ss', ' h:mm a', ' h:mm:ss a'];

const maxDateLength = 100;

const parseFormat = (written: string, format: string, zone: string): DateTime | undefined => {
  const time = DateTime.fromFormat(written, format, { zone, locale: 'en-US' });
  return time.isValid ? time : undefined;
};

const parseSlashed = (written: string, zone: string): DateTime | undefined => {
  const days = ['d/M/yyyy', 'M/d/yyyy'].map((day) =>
    slashedTimes.map((clock) => parseFormat(written, day + clock, zone)).find(Boolean),
  );
  const [dayFirst, monthFirst] = days;
  if (dayFirst && monthFirst) return +dayFirst === +monthFirst ? dayFirst : undefined;
  return dayFirst ?? monthFirst;
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
  const read = iso?.isValid
    ? iso
    : (dottedFormats.map((format) => parseFormat(written, format, timeZone)).find(Boolean) ??
      parseSlashed(written, timeZone) ??
      parseUnixTime(written));
  return read?.toUTC().toISO() ?? parseDate(written, timeZone)?.at;
};
