import { getCalendarNames } from './calendar-names.ts';
import type { WrittenDateline } from './story.ts';

type WrittenDay = NonNullable<WrittenDateline['day']>;

/** Zeros of the digits that newspapers print. */
const zeros = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10];
const otherDigits = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59\uff10-\uff19]/gu;

/** Digits of any script as 0 to 9; the text keeps its length. */
export const toAsciiDigits = (text: string): string =>
  text.replace(otherDigits, (digit) => {
    const code = digit.charCodeAt(0);
    return String(code - (zeros.findLast((zero) => zero <= code) ?? 0));
  });

const month = String.raw`(?:(?:تشرين|كانون) (?:الأول|الثاني)|(?:[\u0e00-\u0e7f]{1,4}\.){2}|[\p{L}\p{M}]{2,12}[.॰]?)`;
const nth = String.raw`(?:st|nd|rd|th|\.|º|°|er)?`;
const year = String.raw`(?:(?:19|20|25)\d\d)`;
const dayAndMonth = String.raw`(?:(?:${year}\.? )?${month} \d{1,2}${nth}|\d{1,2}${nth}[ -]?(?:de |d['’])?${month})(?:[,.]? (?:de |del |г\. )?${year})?`;
const numeric = String.raw`\d{1,2}(?<mark>[./-])\d{1,2}\k<mark>${year}`;
const dayLast = new RegExp(
  String.raw`(?:^|\.?\s+|,\s*|\s*[–—/-]\s*)(?:(?:le|den|el|il|em|a) )?(?:${dayAndMonth}|${numeric})[.,]*(?:, \p{Ll}{3,12})?$`,
  'u',
);
const dayFirst = new RegExp(String.raw`^(?:${dayAndMonth})[.,]?(?=[\s,])`, 'u');

/** Years of the Buddhist era, as in Thailand. */
const buddhistEra = 543;

const toDay = (written: string): WrittenDay | undefined => {
  const numbers = written.match(/\d+/gu)?.map(Number) ?? [];
  const stated = numbers.find((number) => number >= 1900);
  const [day, second] = numbers.filter((number) => number >= 1 && number <= 31);
  const month = findWrittenMonth(written) ?? (numbers.length === 3 && (second ?? 13) <= 12 ? second : undefined);
  if (month === undefined || day === undefined) return undefined;
  return { month, day, ...(stated !== undefined && { year: stated >= 2500 ? stated - buddhistEra : stated }) };
};

/** Spellings beside those of the calendar. */
const otherMonths = new Map([
  ['नवम्बर', 11],
  ['दिसम्बर', 12],
  ['सितम्बर', 9],
  ['अक्तूबर', 10],
  ['फरवरी', 2],
  ['setiembre', 9],
]);
const levantineMonth = /(?:تشرين|كانون) (?:الأول|الثاني)/u;

const findWrittenMonth = (written: string): number | undefined => {
  const lower = written.toLowerCase();
  const names = [
    levantineMonth.exec(lower)?.[0] ?? '',
    ...lower.split(/[\s\d,]+/u).map((word) => word.replace(/[.॰]$/u, '')),
  ];
  return names.map((name) => otherMonths.get(name) ?? findAbbreviated(name)).find((number) => number !== undefined);
};

/** "ноя" is November like "нояб.". */
const findAbbreviated = (name: string): number | undefined => {
  const { months } = getCalendarNames();
  const exact = months.get(name);
  if (exact !== undefined || name.length < 3) return exact || undefined;
  const found = new Set(
    [...months].filter(([month]) => month.startsWith(name.slice(0, 4))).map(([, number]) => number),
  );
  return found.size === 1 ? [...found][0] : undefined;
};

/** Takes the day from the end of what is written before a dateline's agency, or from its beginning. */
export const splitWrittenDay = (written: string): { rest: string; day?: WrittenDay } => {
  const last = dayLast.exec(written);
  const day = last ? toDay(last[0]) : undefined;
  if (last && day) return { rest: written.slice(0, last.index), day };
  const first = dayFirst.exec(written);
  const leading = first ? toDay(first[0]) : undefined;
  return first && leading
    ? { rest: written.slice(first[0].length).replace(/^[\s,]+/u, ''), day: leading }
    : { rest: written };
};
