import { DateTime } from 'luxon';
import { findMonth } from './calendar-names.ts';
import { toAsciiDigits } from './written-day.ts';

export interface PrintedDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const year = String.raw`(?<year>(?:19|20)\d\d)(?!\d)`;
// The reading time may follow without a space: "Mar 27, 20255 mins".
const yearLast = String.raw`(?<year>(?:19|20|25)\d\d)(?!\d(?!\d?\s?min))`;
const month = String.raw`(?<month>(?:تشرين|كانون) (?:الأول|الثاني)|(?:[\u0e00-\u0e7f]{1,4}\.){2}|\p{L}[\p{Ll}\p{Lo}\p{M}]{2,12}|\p{Lu}[\p{Lu}\p{M}]{2,12})[.।]?,?`;
// A month may follow a name without a space: "by Anna BergMay 8, 2023".
const start = String.raw`(?:(?<!\p{L})|(?<=\p{Ll})(?=\p{Lu}))`;
const day = String.raw`(?<!\d)(?<day>\d{1,2})(?!\d)`;
const nth = String.raw`(?:st|nd|rd|th|ST|ND|RD|TH|er|\.|º|ª)?`;
const forms = [
  String.raw`(?<!\d)${year}-(?<number>\d{1,2})-(?<day>\d{1,2})(?!\d)`,
  String.raw`(?<!\d)${year}(?<sign>[/.])\s?(?<number>\d{1,2})\k<sign>\s?(?<day>\d{1,2})(?!\d)`,
  String.raw`(?<!\d)${year}\s?[年년]\s?(?<number>\d{1,2})\s?[月월]\s?(?<day>\d{1,2})\s?[日일]`,
  String.raw`(?<era>令和|平成|民國|民国)\s?(?<year>\d{1,3}|元)\s?年\s?(?<number>\d{1,2})\s?月\s?(?<day>\d{1,2})\s?日`,
  String.raw`${day}${nth}[\s-]+(?:de |d['’]|of )?${month}[\s-]+(?:de |del |of )?${yearLast}`,
  String.raw`${day}\s+tháng\s+(?<number>\d{1,2})(?:,?\s+năm|,)?\s+${year}`,
  String.raw`${start}${month}\s+${day}${nth},?\s+${yearLast}`,
  String.raw`(?<!\d)${year}\.?,?\s+(?:m\. |gada )?${month}\s+${day}`,
  String.raw`(?<!\d)${year}\. gada ${day}\.\s+${month}`,
].map((form) => new RegExp(form, 'gu'));
/** 8/12/2023 is August in one country and December in another. */
const numbers = new RegExp(String.raw`(?<!\d)(?<one>\d{1,2})(?<sign>[./-])(?<two>\d{1,2})\k<sign>${year}`, 'gu');

interface FoundDay {
  readonly day: PrintedDay;
  readonly from: number;
  readonly to: number;
}

/** The month that a word names, 1 for January. */
export type MonthFinder = (word: string) => number | undefined;

/**
 * The first complete date in a line. Numeric dates are read where the day is known to come first, or unambiguous.
 * @param toMonth reads the names of months in any language, unless it is given for one
 */
export const findPrintedDay = (
  text: string,
  dayFirst: () => boolean,
  toMonth: MonthFinder = findMonth,
): FoundDay | undefined => {
  const line = toAsciiDigits(text);
  const found = [...forms.flatMap((form) => findDaysInWords(line, form, toMonth)), ...findNumericDays(line, dayFirst)];
  return found.sort((a, b) => a.from - b.from)[0];
};

/** Years before the first one of an era of Japan and of Taiwan. */
const yearsBeforeEra: Readonly<Record<string, number>> = { 令和: 2018, 平成: 1988, 民國: 1911, 民国: 1911 };
/** Years of the Buddhist era, as in Thailand. */
const buddhistEra = 543;

const toGregorianYear = (written: string, era: string | undefined): number => {
  const year = written === '元' ? 1 : Number(written);
  if (era !== undefined) return year + (yearsBeforeEra[era] ?? 0);
  return year >= 2500 ? year - buddhistEra : year;
};

const findDaysInWords = (text: string, form: RegExp, toMonth: MonthFinder): FoundDay[] =>
  [...text.matchAll(form)].flatMap(({ 0: all, index, groups = {} }) => {
    const named = groups.number === undefined ? toMonth(groups.month ?? '') : Number(groups.number);
    const year = toGregorianYear(groups.year ?? '', groups.era);
    return toFoundDays(all, index, { year, month: named ?? 0, day: Number(groups.day) });
  });

const findNumericDays = (text: string, dayFirst: () => boolean): FoundDay[] =>
  [...text.matchAll(numbers)].flatMap(({ 0: all, index, groups = {} }) => {
    const [one, two] = [Number(groups.one), Number(groups.two)];
    const isUnambiguous = one > 12 || two > 12 || one === two;
    if (!isUnambiguous && !dayFirst()) return [];
    const [number, month] = two > 12 ? [two, one] : [one, two];
    return toFoundDays(all, index, { year: Number(groups.year), month, day: number });
  });

const toFoundDays = (all: string, from: number, day: PrintedDay): FoundDay[] =>
  DateTime.fromObject(day).isValid ? [{ day, from, to: from + all.length }] : [];
