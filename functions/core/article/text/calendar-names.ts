/** Languages whose datelines are read. */
const locales =
  'en de fr es it pt nl sv da nb fi pl cs sk hu ro ru uk el tr id ar fa he hi ur ja zh ko vi ca th bn mr ar-SY'.split(
    ' ',
  );

interface CalendarNames {
  /** Names and abbreviations in lower case, without dots; 0 for an ambiguous name. */
  readonly months: ReadonlyMap<string, number>;
  /** 1 is Monday, 7 Sunday. */
  readonly weekdays: ReadonlyMap<string, number>;
}

/** For a name that is one month in one language and another in another. */
const ambiguous = 0;

let cachedNames: CalendarNames | undefined;

/** Names of months and weekdays in many languages, from the runtime's own tables; collected at the first call. */
export const getCalendarNames = (): CalendarNames => {
  cachedNames ??= {
    months: collectNames('month', sampleMonthDays),
    weekdays: collectNames('weekday', sampleWeekdays),
  };
  return cachedNames;
};

/** The month that a word names in any of the languages, 1 for January. */
export const findMonth = (written: string): number | undefined => {
  const word = written.toLowerCase().replace(/\.$/u, '');
  const { months } = getCalendarNames();
  const month = months.get(word) ?? (word.length <= 4 ? months.get(word.slice(0, 3)) : undefined);
  return month === ambiguous ? undefined : month;
};

const sampleMonthDays = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2024, month, 15)));
// 1 January 2024 was a Monday.
const sampleWeekdays = Array.from({ length: 7 }, (_, day) => new Date(Date.UTC(2024, 0, day + 1)));

const collectNames = (part: 'month' | 'weekday', days: readonly Date[]): Map<string, number> => {
  const found = new Map<string, number>();
  for (const locale of locales) {
    for (const options of listFormats(part)) {
      const format = new Intl.DateTimeFormat(`${locale}-u-ca-gregory-nu-latn`, {
        ...options,
        timeZone: 'UTC',
      });
      for (const [index, day] of days.entries()) {
        const name = format.formatToParts(day).find(({ type }) => type === part)?.value ?? '';
        const plain = name.toLowerCase().replace(/\.$/u, '');
        if (!/\p{L}/u.test(plain)) continue;
        found.set(plain, found.has(plain) && found.get(plain) !== index + 1 ? ambiguous : index + 1);
      }
    }
  }
  return found;
};

/** Next to a day, a month is in the genitive: "8 декабря". */
const listFormats = (part: 'month' | 'weekday'): Intl.DateTimeFormatOptions[] => {
  if (part === 'weekday') return [{ weekday: 'long' }];
  return [{ month: 'long' }, { month: 'long', day: 'numeric' }, { month: 'short' }, { month: 'short', day: 'numeric' }];
};
