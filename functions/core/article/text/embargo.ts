import { DateTime } from 'luxon';
import { type SeedInput, SeedRejected, type StatedTime, toStatedTime } from '../../article.ts';
import { findMonth } from './calendar-names.ts';
import { findPrintedDay } from './printed-day.ts';

/** "EMBARGOED UNTIL 00:01 GMT, 1 December 2026", "Sperrfrist: 1. Dezember 2026, 9 Uhr". */
const embargoLine =
  /^\W*(?:(?:strictly |under |sous |bajo |sob )?embargo(?:ed|ado|ato|é)?[\s\p{P}]*(?:(?:until|till|for (?:release|publication|use)|not before|bis|jusqu['’]|hasta|até|fino|tot|til)(?!\p{L})|jusqu|(?:to|do|tot|до)?\s?\d{1,2}(?!\d)|$)|sperrfrist[\s\p{P}]|gesperrt bis|not for (?:release|publication|broadcast)(?: or \p{L}+)? (?:before|until)|hold for release|for release(?=\W(?:.{0,60}\W)?\d)|do not publish before|эмбарго до|禁运至)/iu;
const lifted =
  /^\W*(?:(?:embargo|sperrfrist)\W+(?:none|lifted|keine?|nein|entfällt|aufgehoben|aucune?|levé|ningun[oa]?|levantado|nessun[oa]?|nenhuma?|geen)(?!\p{L})|no embargo|(?:kein|keine|ohne) (?:embargo|sperrfrist))/iu;
const maxEmbargoLineLength = 200;

export const isEmbargoLine = (line: string): boolean =>
  line.length <= maxEmbargoLineLength && embargoLine.test(line) && !/\p{L}{3}[.!?]\s+\p{Lu}/u.test(line);

const zones: readonly (readonly [RegExp, string])[] = [
  [/\b(?:gmt|utc|z)\b/i, 'UTC'],
  [/\b(?:bst|uk time|london time)\b/i, 'Europe/London'],
  [/\b(?:ces?t|mesz|mez)\b/i, 'Europe/Paris'],
  [/\b(?:e[sd]?t|eastern(?: time)?)\b/i, 'America/New_York'],
  [/\b(?:c[sd]?t|central time)\b/i, 'America/Chicago'],
  [/\b(?:m[sd]?t|mountain time)\b/i, 'America/Denver'],
  [/\b(?:p[sd]?t|pacific(?: time)?)\b/i, 'America/Los_Angeles'],
  [/\bist\b/i, 'Asia/Kolkata'],
  [/\bjst\b/i, 'Asia/Tokyo'],
  [/\bmsk\b/i, 'Europe/Moscow'],
  [/\bae[sd]t\b/i, 'Australia/Sydney'],
];

const clock =
  /(?<!\d)(?:(?<hour>\d{1,2})(?:[:.h](?<minute>\d{2}))?\s?(?:(?<half>[ap])\.?m\b\.?|uhr\b|h\b|hrs?\b|o['’]clock|(?<=[:.h]\d{2}))|(?<military>\d{4})\s?(?:h|hrs?|hours|gmt|utc|bst|cet|et|est)\b)|(?<word>\b(?:noon|midday|midnight)\b)/iu;

/** Undefined where there are numbers that are no time. */
const parseClock = (line: string): { hour: number; minute: number } | undefined => {
  const { hour, minute = '0', half, military, word } = clock.exec(line)?.groups ?? {};
  if (word !== undefined) return { hour: word.toLowerCase() === 'midnight' ? 0 : 12, minute: 0 };
  if (military !== undefined) return checkClock(Number(military.slice(0, 2)), Number(military.slice(2)));
  if (hour === undefined) return /\d|o['’]clock/u.test(line) ? undefined : { hour: 0, minute: 0 };
  const hours = Number(hour);
  return checkClock(half === undefined ? hours : (hours % 12) + (half.toLowerCase() === 'p' ? 12 : 0), Number(minute));
};

const checkClock = (hour: number, minute: number) => (hour < 24 && minute < 60 ? { hour, minute } : undefined);

/** "December 1", "1st of December". */
const daysInWords = [
  /(?<!\p{L})(?<month>\p{L}{3,12})\.?\s+(?<day>\d{1,2})(?:st|nd|rd|th)?(?![\d:])/gu,
  /(?<![\d:])(?<day>\d{1,2})(?:st|nd|rd|th|\.|º|er)?(?: de| of)?\s+(?<month>\p{L}{3,12})/gu,
] as const;

/** A day without a year is the one nearest to the upload. */
const findDay = (line: string, upload: DateTime): DateTime | undefined => {
  const printed = findPrintedDay(line, () => true);
  if (printed) return DateTime.fromObject({ ...printed.day }, { zone: upload.zone });
  const [found] = daysInWords.flatMap((pattern) => [...line.matchAll(pattern)].filter(isMonthAndDay));
  const month = findMonth(found?.groups?.month ?? '');
  if (month === undefined) return undefined;
  const days = [-1, 0, 1].map((years) =>
    DateTime.fromObject({ year: upload.year + years, month, day: Number(found?.groups?.day) }, { zone: upload.zone }),
  );
  const distance = (date: DateTime) => Math.abs(date.toMillis() - upload.toMillis());
  return days.filter((date) => date.isValid).sort((a, b) => distance(a) - distance(b))[0];
};

const isMonthAndDay = ({ groups }: RegExpExecArray): boolean => findMonth(groups?.month ?? '') !== undefined;

export interface EmbargoLine {
  readonly line: string;
  /** Such as `line 2`. */
  readonly place: string;
}

/**
 * Until when the lines of a press release forbid its publication; undefined where that is over.
 * @throws {SeedRejected} where it cannot be told
 */
export const parseEmbargo = (
  lines: readonly EmbargoLine[],
  file: Pick<SeedInput, 'timeZone' | 'uploadedAt'>,
): StatedTime | undefined => {
  const [first] = lines;
  if (!first || lines.some(({ line }) => lifted.test(line))) return undefined;
  const ends = lines.flatMap(({ line }) => findEmbargoEnd(line, file) ?? []);
  const [end] = ends.sort((a, b) => b.toMillis() - a.toMillis());
  if (!end)
    throw new SeedRejected(
      `There is an embargo, and its date cannot be read: “${first.line.trim()}”. Write it as “Embargoed until 1 December 2026, 09:00”, or remove the line when the embargo is over.`,
      first.place,
    );
  return end > DateTime.fromISO(file.uploadedAt) ? toStatedTime(end, false) : undefined;
};

const findEmbargoEnd = (line: string, file: Pick<SeedInput, 'timeZone' | 'uploadedAt'>): DateTime | undefined => {
  const zone = zones.find(([pattern]) => pattern.test(line))?.[1] ?? file.timeZone;
  const day = findDay(line, DateTime.fromISO(file.uploadedAt, { zone }));
  const time = parseClock(removeDay(line));
  return day?.isValid && time ? day.set(time) : undefined;
};

/** What is left may be a time. */
const removeDay = (line: string): string => {
  const printed = findPrintedDay(line, () => true);
  const rest = printed ? `${line.slice(0, printed.from)} ${line.slice(printed.to)}` : line;
  let left = rest.replace(/\b20\d\d\b(?!\s?(?:h|hrs?|hours|gmt|utc)\b)/giu, ' ');
  for (const pattern of daysInWords)
    for (const found of [...left.matchAll(pattern)].filter(isMonthAndDay)) left = left.replace(found[0], ' ');
  return left;
};
