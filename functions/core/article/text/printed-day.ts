import { DateTime } from 'luxon';
import { findMonth } from './calendar-names.ts';

export interface PrintedDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const year = String.raw`(?<year>(?:19|20)\d\d)(?!\d)`;
// The reading time may follow without a space: "Mar 27, 20255 mins".
const yearLast = String.raw`(?<year>(?:19|20)\d\d)(?!\d(?!\d?\s?min))`;
const month = String.raw`(?<month>\p{L}[\p{Ll}\p{Lo}\p{M}]{2,12}|\p{Lu}[\p{Lu}\p{M}]{2,12})\.?,?`;
// A month may follow a name without a space: "by Anna BergMay 8, 2023".
const start = String.raw`(?:(?<!\p{L})|(?<=\p{Ll})(?=\p{Lu}))`;
const day = String.raw`(?<!\d)(?<day>\d{1,2})(?!\d)`;
const nth = String.raw`(?:st|nd|rd|th|ST|ND|RD|TH|er|\.|º|ª)?`;
const forms = [
  String.raw`(?<!\d)${year}-(?<number>\d{1,2})-(?<day>\d{1,2})(?!\d)`,
  String.raw`(?<!\d)${year}(?<sign>[/.])\s?(?<number>\d{1,2})\k<sign>\s?(?<day>\d{1,2})(?!\d)`,
  String.raw`(?<!\d)${year}\s?[年년]\s?(?<number>\d{1,2})\s?[月월]\s?(?<day>\d{1,2})\s?[日일]`,
  String.raw`${day}${nth}[\s-]+(?:de |d['’]|of )?${month}[\s-]+(?:de |del |of )?${yearLast}`,
  String.raw`${start}${month}\s+${day}${nth},?\s+${yearLast}`,
  String.raw`(?<!\d)${year}\.?,?\s+${month}\s+${day}`,
].map((form) => new RegExp(form, 'gu'));
/** 8/12/2023 is August in one country and December in another. */
const numbers = new RegExp(String.raw`(?<!\d)(?<one>\d{1,2})(?<sign>[./-])(?<two>\d{1,2})\k<sign>${year}`, 'gu');

interface FoundDay {
  readonly day: PrintedDay;
  readonly from: number;
  readonly to: number;
}

/** The first complete date in a line. Numeric dates are read where the day is known to come first, or unambiguous. */
export const findPrintedDay = (text: string, dayFirst: () => boolean): FoundDay | undefined => {
  const found = [...forms.flatMap((form) => findDaysInWords(text, form)), ...findNumericDays(text, dayFirst)];
  return found.sort((a, b) => a.from - b.from)[0];
};

const findDaysInWords = (text: string, form: RegExp): FoundDay[] =>
  [...text.matchAll(form)].flatMap(({ 0: all, index, groups = {} }) => {
    const named = groups.number === undefined ? findMonth(groups.month ?? '') : Number(groups.number);
    return toFoundDays(all, index, { year: Number(groups.year), month: named ?? 0, day: Number(groups.day) });
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
