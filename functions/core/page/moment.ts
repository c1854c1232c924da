import type { Publication } from '../publication.ts';
import { remember } from './remember.ts';

/** A time as a page shows it: words for people, `datetime` for machines. */
export interface Moment {
  readonly datetime: string;
  readonly text: string;
}

type Where = Pick<Publication, 'language' | 'timeZone'>;

/** The Gregorian calendar whatever the language: months and years in addresses are counted by it. */
const localeOf = (language: string): string => new Intl.Locale(language, { calendar: 'gregory' }).toString();

const dayFormat = remember(
  (language = '', timeZone = '') =>
    new Intl.DateTimeFormat(localeOf(language), { timeZone, dateStyle: 'long' }),
);
const minuteFormat = remember(
  (language = '', timeZone = '') =>
    new Intl.DateTimeFormat(localeOf(language), { timeZone, dateStyle: 'long', timeStyle: 'short' }),
);
const monthFormat = remember(
  (language = '') => new Intl.DateTimeFormat(localeOf(language), { timeZone: 'UTC', month: 'long' }),
);
const monthOfYearFormat = remember(
  (language = '') =>
    new Intl.DateTimeFormat(localeOf(language), { timeZone: 'UTC', month: 'long', year: 'numeric' }),
);
/** Swedish writes dates as ISO 8601 does. */
const isoDayFormat = remember((timeZone = '') => new Intl.DateTimeFormat('sv-SE', { timeZone }));
const minutesFormat = remember(
  (language = '') => new Intl.NumberFormat(language, { style: 'unit', unit: 'minute', unitDisplay: 'long' }),
);

/** The day of an instant in the publication's zone, as `2023-12-08`. */
export const dayOf = (at: string, { timeZone }: Where): string => isoDayFormat(timeZone).format(new Date(at));

/** An instant in the publication's language and zone; the day alone where no hour is known or wanted. */
export const formatMoment = (at: string, where: Where, dayOnly: boolean): Moment => {
  const format = dayOnly ? dayFormat : minuteFormat;
  return {
    datetime: dayOnly ? dayOf(at, where) : at,
    text: format(where.language, where.timeZone).format(new Date(at)),
  };
};

/** A calendar month such as `2023-12` by its name: with its year, or without where a heading says the year. */
export const formatMonth = (month: string, language: string, withYear: boolean): string =>
  (withYear ? monthOfYearFormat : monthFormat)(language).format(new Date(`${month}-01T00:00:00Z`));

/** How long an article takes to read, such as "4 minutes", at 220 words a minute. */
export const formatReadingTime = (words: number, language: string): string =>
  minutesFormat(language).format(Math.max(1, Math.round(words / 220)));
