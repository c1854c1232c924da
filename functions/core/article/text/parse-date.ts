import { DateTime, FixedOffsetZone } from 'luxon';
import { type StatedTime, toStatedTime } from '../../article.ts';
import { findPrintedDay } from './printed-day.ts';

/**
 * ISO 8601 and YAML timestamps, also with slashes: a day, or a day and a time with or without seconds and an offset.
 */
const datePattern =
  /^(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?:(?:[Tt]|[ \t]+)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?[ \t]*(?:([Zz]|UTC|GMT)|(?:UTC|GMT)?([+-]\d{1,2}(?::?\d{2})?))?)?$/;

/** Days of other calendars look like those of ours: 1448 is a year of the Hijra, 1405 one of Iran. */
const firstYear = 1500;
/** From here on they are years of the Buddhist era, as in Thailand. */
const firstBuddhistYear = 2500;
const buddhistEra = 543;

const toCommonYear = (year: number): number => (year >= firstBuddhistYear ? year - buddhistEra : year);

const toZone = (offset: string | undefined, timeZone: string) => {
  if (offset === undefined) return timeZone;
  const [, sign, hours, minutes = '0'] = /^([+-])(\d{1,2}?):?(\d{2})?$/.exec(offset) ?? [];
  const size = Number(hours ?? 0) * 60 + Number(minutes);
  return FixedOffsetZone.instance(sign === '-' ? -size : size);
};

const parseNumericDate = (written: string, timeZone: string): StatedTime | undefined => {
  const [, year, , month, day, hour, minute, second, fraction, utc, offset] = datePattern.exec(written) ?? [];
  if (year === undefined) return undefined;
  const numbers = { year: toCommonYear(Number(year)), month: Number(month), day: Number(day) };
  const clock = { hour: Number(hour ?? 0), minute: Number(minute ?? 0), second: Number(second ?? 0) };
  const millisecond = Number((fraction ?? '').slice(0, 3).padEnd(3, '0'));
  const time = DateTime.fromObject({ ...numbers, ...clock, millisecond }, { zone: toZone(utc ?? offset, timeZone) });
  return numbers.year >= firstYear ? toStatedTime(time, hour === undefined) : undefined;
};

const dayFormats = ['LLL d yyyy', 'LLLL d yyyy', 'd LLL yyyy', 'd LLLL yyyy', 'd-LLL-yyyy'];
const clockFormats = ['H:mm', 'H:mm:ss', 'h:mm a', 'h:mm:ss a'];
const zoneFormats = ['', ' ZZZ', ' ZZ', ' z'];
const timeFormats = dayFormats.flatMap((day) =>
  clockFormats.flatMap((clock) => zoneFormats.map((zone) => `${day} ${clock}${zone}`)),
);
const weekday = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+/i;
/** As JavaScript prints a date: "GMT+0100 (Central European Standard Time)". */
const printedZone = /\s(?:GMT|UTC)([+-]\d{4})(?:\s*\(.*\))?$/;

/**
 * English month names, in whole or in part, in either order: "Nov 8, 2026", "Sunday, 8th November 2026 at 10:00 AM".
 */
const parseDateWithMonthName = (written: string, timeZone: string): StatedTime | undefined => {
  const line = written
    .replace(weekday, '')
    .replace(printedZone, ' $1')
    .replace(/(\d)(?:st|nd|rd|th)\b/i, '$1')
    .replace(/\b(?:at|of)\b/gi, ' ')
    .replace(/\bsept\b/i, 'Sep')
    .replace(/([a-z])\./i, '$1')
    .replaceAll(',', ' ')
    .replace(/\s+/g, ' ')
    .replace(/ (?:Z|GMT|UTC)$/i, ' +0000')
    .trim();
  if (!/^(?:[a-z]+ \d{1,2}|\d{1,2}[ -][a-z]+)[ -]\d{4}(?: |$)/i.test(line)) return undefined;
  const formats = line.includes(':') ? timeFormats : dayFormats;
  for (const format of formats) {
    const time = DateTime.fromFormat(line, format, { zone: timeZone, locale: 'en-US' });
    if (time.isValid && time.year >= 1000) return toStatedTime(time, formats === dayFormats);
  }
  return undefined;
};

/** A weekday in any language, and a clock time behind the day: "dimanche 8 novembre 2026 à 10h30". */
const leadingWord = /^\p{L}[\p{L}\p{M}-]*[.,،、]?\s+(?=\d)/u;
/** "Year" in Russian and Ukrainian. */
const trailingWord = /^[.\s]*(?:[гр]|года|року)?[.\s]*$/;
const clock = /[\s,T]+(?:\p{L}{1,3}\.?\s+){0,2}(\d{1,2})[:h.](\d{2})(?:[:m.](\d{2}))?(?:\s?(uhr|h|ч|[ap]\.?m))?\.?$/iu;

const toHour = (written = '0', word: string): number => {
  const hour = Number(written);
  if (/^[ap]/i.test(word)) return (hour % 12) + (/^p/i.test(word) ? 12 : 0);
  return hour;
};

/**
 * Days in the languages that the readers of texts know, and numeric ones that have one meaning: 8.11.2026, 20/11/2026.
 */
const parseLocalDate = (written: string, timeZone: string): StatedTime | undefined => {
  const [end = '', hour, minute, second, word = ''] = clock.exec(written) ?? [];
  const line = written.slice(0, written.length - end.length);
  const isDotted = /^\d{1,2}\.\s?\d{1,2}\.\s?\d{4}/.test(line);
  for (const text of [line, line.replace(leadingWord, '')]) {
    const found = findPrintedDay(text, () => isDotted);
    if (found?.from !== 0 || !trailingWord.test(text.slice(found.to))) continue;
    const time = { hour: toHour(hour, word), minute: Number(minute ?? 0), second: Number(second ?? 0) };
    const date = DateTime.fromObject({ ...found.day, ...time }, { zone: timeZone });
    if (date.isValid) return toStatedTime(date, hour === undefined);
  }
  return undefined;
};

const maxDateLength = 100;

/** `[[2026-11-28]]` of Obsidian, `<2026-11-28 Sat>` of Org, a zone's name behind the offset, and ISO 8601 without marks. */
const unwrapDate = (written: string): string =>
  written
    .trim()
    .replace(/^\[\[(.*)\]\]$/, '$1')
    .replace(/^[<[](\d{4}-\d\d-\d\d)(?: \p{L}{2,4}\.?)?( \d\d?:\d\d)?[>\]]$/u, '$1$2')
    .replace(/(\d|Z)\[[\w/+-]{1,50}\]$/, '$1')
    .replace(/([+-]\d{4}) (?:[A-Z]{2,5}|[+-]\d{2,4})(?: m=.{0,30})?$/, '$1')
    .replace(/^((?:19|20)\d\d)(\d\d)(\d\d)(?:T(\d\d)(\d\d)(?:\d\d)?)?(?=Z?$)/, (_, year, month, day, hour, minute) =>
      hour === undefined ? `${year}-${month}-${day}` : `${year}-${month}-${day}T${hour}:${minute}`,
    );

/** Seconds or milliseconds since 1970. */
const parseTimestamp = (written: string): StatedTime | undefined =>
  /^(?:\d{10}|\d{13})$/.test(written)
    ? toStatedTime(DateTime.fromMillis(Number(written.padEnd(13, '0'))), false)
    : undefined;

const parseRfc2822Time = (written: string): StatedTime | undefined => {
  const time = DateTime.fromRFC2822(written);
  return time.isValid ? toStatedTime(time, false) : undefined;
};

/**
 * Parses a date of front matter; a time without an offset is in `timeZone`. Undefined for any other form and for days
 * that do not exist.
 */
export const parseDate = (written: string, timeZone: string): StatedTime | undefined => {
  const line = unwrapDate(written);
  if (line.length > maxDateLength) return undefined;
  return (
    parseNumericDate(line, timeZone) ??
    parseRfc2822Time(line) ??
    parseDateWithMonthName(line, timeZone) ??
    parseLocalDate(line, timeZone) ??
    parseTimestamp(line)
  );
};

/**
 * The day that the name of a file or of its folder begins with: `_posts/2026-11-08-harbour.md`,
 * `2026-11-08-harbour/index.md`.
 */
export const findKeyDay = (key: string, timeZone: string): StatedTime | undefined => {
  const [name = '', folder = ''] = key.split('/').toReversed();
  const named = /^index\.\w+$/i.test(name) ? folder : name;
  const day = /^(\d{4}-\d{2}-\d{2})(?![^-_ .])/.exec(named)?.[1];
  return day === undefined ? undefined : parseNumericDate(day, timeZone);
};
