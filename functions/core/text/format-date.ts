import { memoize } from './memoize.ts';

/** A time as a page shows it: words for people, `datetime` for machines. */
export interface FormattedDate {
  readonly datetime: string;
  readonly text: string;
}

interface DateLocale {
  readonly language: string;
  readonly timeZone: string;
}

/** The Gregorian calendar whatever the language: months and years in addresses are counted by it. */
const toGregorianLocale = (language: string): string => new Intl.Locale(language, { calendar: 'gregory' }).toString();

const createDayFormat = memoize(
  (language: string, timeZone: string) =>
    new Intl.DateTimeFormat(toGregorianLocale(language), { timeZone, dateStyle: 'long' }),
);
const createMinuteFormat = memoize(
  (language: string, timeZone: string) =>
    new Intl.DateTimeFormat(toGregorianLocale(language), { timeZone, dateStyle: 'long', timeStyle: 'short' }),
);
const createZoneFormat = memoize(
  (language: string, timeZone: string) =>
    new Intl.DateTimeFormat(toGregorianLocale(language), { timeZone, timeZoneName: 'shortGeneric' }),
);
const createMonthFormat = memoize(
  (language: string) => new Intl.DateTimeFormat(toGregorianLocale(language), { timeZone: 'UTC', month: 'long' }),
);
const createMonthOfYearFormat = memoize(
  (language: string) =>
    new Intl.DateTimeFormat(toGregorianLocale(language), { timeZone: 'UTC', month: 'long', year: 'numeric' }),
);
/** Swedish writes dates as ISO 8601 does. */
const createIsoDayFormat = memoize((timeZone: string) => new Intl.DateTimeFormat('sv-SE', { timeZone }));
const createMinutesFormat = memoize(
  (language: string) => new Intl.NumberFormat(language, { style: 'unit', unit: 'minute', unitDisplay: 'long' }),
);

export const formatIsoDay = (at: string, { timeZone }: DateLocale): string =>
  createIsoDayFormat(timeZone).format(new Date(at));

/** An instant in the publication's language and zone; the day alone where no hour is known or wanted. */
export const formatDate = (at: string, where: DateLocale, dayOnly: boolean): FormattedDate => {
  const format = dayOnly ? createDayFormat : createMinuteFormat;
  return {
    datetime: dayOnly ? formatIsoDay(at, where) : at,
    text: format(where.language, where.timeZone).format(new Date(at)),
  };
};

/** The name of a zone for people, such as "Portugal Time". */
export const formatTimeZone = (at: string, { language, timeZone }: DateLocale): string =>
  createZoneFormat(language, timeZone)
    .formatToParts(new Date(at))
    .find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;

/** A calendar month such as `2023-12` by its name: with its year, or without where a heading says the year. */
export const formatMonth = (month: string, language: string, withYear: boolean): string =>
  (withYear ? createMonthOfYearFormat : createMonthFormat)(language).format(new Date(`${month}-01T00:00:00Z`));

/** How long an article takes to read, such as "4 minutes", at 220 words a minute. */
export const formatReadingTime = (words: number, language: string): string =>
  createMinutesFormat(language).format(Math.max(1, Math.round(words / 220)));
