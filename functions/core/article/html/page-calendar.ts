import { DateTime } from 'luxon';
import { findMonth } from '../text/calendar-names.ts';
import type { MonthFinder } from '../text/printed-day.ts';

/** How dates are written in the language and country of a page. */
export interface PageCalendar {
  /** English, or not known. */
  readonly isEnglish: boolean;
  readonly findMonth: MonthFinder;
  /** Whether 05/10/2026 is in October; undefined where that is not certain. */
  readonly dayFirst: boolean | undefined;
  /** Turns the days of a calendar other than the Gregorian into Gregorian ones, as `2026-11-08`. */
  readonly toGregorian: (text: string) => string;
}

const sampleDays = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2024, month, 15)));
const monthFormats: readonly Intl.DateTimeFormatOptions[] = [
  { month: 'long' },
  { month: 'long', day: 'numeric' },
  { month: 'short' },
  { month: 'short', day: 'numeric' },
];

/** Hindi writes the nasal of "नवम्बर" in two ways. */
const toPlainName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[.।]/gu, '')
    .replace(/म्(?=ब)/u, 'ं');

const collectMonthNames = (locale: string): Map<string, number> => {
  const names = new Map<string, number>();
  for (const options of monthFormats) {
    const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
    for (const [index, day] of sampleDays.entries()) {
      const name = format.formatToParts(day).find(({ type }) => type === 'month')?.value ?? '';
      if (/\p{L}/u.test(name)) names.set(toPlainName(name), index + 1);
    }
  }
  return names;
};

/** The only month of a language whose name begins as a word does, as words may be inflected or cut short. */
const findByStem = (names: ReadonlyMap<string, number>, word: string): number | undefined => {
  const stem = word.slice(0, Math.max(3, Math.min(5, word.length - 2)));
  const found = new Set([...names].flatMap(([name, month]) => (name.startsWith(stem) ? [month] : [])));
  return found.size === 1 ? [...found][0] : undefined;
};

/** Hebrew joins "in" to the month. */
const joinedPreposition = /^ב(?=[\u05d0-\u05ea]{3})/u;

const createMonthFinder = (locale: string | undefined): MonthFinder => {
  if (locale === undefined) return findMonth;
  let names: ReadonlyMap<string, number> | undefined;
  return (written) => {
    names ??= collectMonthNames(`${locale}-u-ca-gregory-nu-latn`);
    const word = toPlainName(written);
    const bare = word.replace(joinedPreposition, '');
    return names.get(word) ?? names.get(bare) ?? findByStem(names, bare) ?? findMonth(written);
  };
};

const isDayFirst = (locale: string): boolean => {
  const parts = new Intl.DateTimeFormat(`${locale}-u-ca-gregory`, {
    dateStyle: 'short',
    timeZone: 'UTC',
  }).formatToParts(sampleDays[0]);
  const order = parts.map(({ type }) => type);
  return order.indexOf('day') < order.indexOf('month');
};

/** Domains of countries where English is written, by the region of their dates. */
const regionByDomain: Readonly<Record<string, string>> = {
  uk: 'GB',
  ie: 'IE',
  au: 'AU',
  nz: 'NZ',
  in: 'IN',
  za: 'ZA',
  us: 'US',
  gov: 'US',
  mil: 'US',
  edu: 'US',
};

/** English has both orders: only the region tells which. */
const findDateOrder = (locale: string | undefined, host: string): boolean | undefined => {
  if (locale === undefined) return undefined;
  const { language, region } = new Intl.Locale(locale);
  if (region !== undefined || language !== 'en') return isDayFirst(locale);
  const hostRegion = regionByDomain[host.split('.').at(-1) ?? ''];
  return hostRegion === undefined ? undefined : isDayFirst(`en-${hostRegion}`);
};

const persianDay =
  /(?<!\d)(?:(?<first>\d{1,2})\s+(?<name>\p{L}{2,10})(?:\s+ماه)?،?\s+(?<last>1[34]\d\d)|(?<year>1[34]\d\d)[/-](?<month>\d{1,2})[/-](?<day>\d{1,2}))(?!\d)/gu;

const persianFormat = () =>
  new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    timeZone: 'UTC',
  });

/** The Persian year begins between 19 and 22 March; six months have 31 days, and the others 30. */
const fromPersianDay = (year: number, month: number, day: number): string | undefined => {
  const passed = month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30;
  const near = DateTime.utc(year + 621, 3, 19).plus({ days: passed + day - 1 });
  const format = persianFormat();
  for (let shift = 0; shift < 4; shift += 1) {
    const date = near.plus({ days: shift });
    const parts = new Map(
      format.formatToParts(date.toJSDate()).map(({ type, value }) => [type, Number.parseInt(value, 10)]),
    );
    if (parts.get('year') === year && parts.get('month') === month && parts.get('day') === day)
      return date.toISODate() ?? undefined;
  }
  return undefined;
};

const persianMonths = 'فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند'.split(' ');

const convertPersianDays = (text: string): string =>
  text.replace(persianDay, (all, ...rest) => {
    const groups: Record<string, string | undefined> = rest.at(-1);
    const month = groups.month === undefined ? persianMonths.indexOf(groups.name ?? '') + 1 : Number(groups.month);
    return fromPersianDay(Number(groups.year ?? groups.last), month, Number(groups.day ?? groups.first)) ?? all;
  });

/** @param language a BCP 47 tag */
export const createPageCalendar = (language: string | undefined, host: string): PageCalendar => {
  const locale =
    language !== undefined && Intl.DateTimeFormat.supportedLocalesOf(language).length > 0 ? language : undefined;
  return {
    isEnglish: locale === undefined || /^en\b/.test(locale),
    findMonth: createMonthFinder(locale),
    dayFirst: findDateOrder(locale, host),
    toGregorian: locale !== undefined && /^fa\b/.test(locale) ? convertPersianDays : (text) => text,
  };
};
