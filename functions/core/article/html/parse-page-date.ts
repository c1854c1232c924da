import { DateTime, FixedOffsetZone } from 'luxon';
import { findPrintedDay, type PrintedDay } from '../text/printed-day.ts';
import { toAsciiDigits } from '../text/written-day.ts';
import type { PageCalendar } from './page-calendar.ts';

/** A time in a text, with what is written before and after it. */
export interface WrittenTime {
  readonly time: DateTime;
  readonly dateOnly: boolean;
  readonly before: string;
  readonly after: string;
}

const clock =
  /^[^\d\n]{0,24}?(?<half>午前|午後|上午|下午|오전|오후)?\s?(?<hour>\d{1,2})\s?(?:[:.hu時点시]|час)\s?(?<minute>\d{2})(?!\d)(?::\d\d)?[分분]?\s?(?<suffix>[ap]\.?\s?m\b\.?)?\s?(?<zone>UTC|GMT|Z\b|[+-]\d{2}:?\d{2})?/iu;

const parseClock = (
  rest: string,
): { readonly length: number; readonly hour: number; readonly minute: number; readonly zone?: string } | undefined => {
  const found = clock.exec(rest);
  const { hour = '', minute = '', half, suffix, zone } = found?.groups ?? {};
  const written = Number(hour);
  if (!found || written > 24 || Number(minute) > 59) return undefined;
  const isAfternoon = /^(?:午後|下午|오후)$/.test(half ?? '') || /^p/i.test(suffix ?? '');
  const isMorning = /^(?:午前|上午|오전)$/.test(half ?? '') || /^a/i.test(suffix ?? '');
  const shift = isAfternoon && written < 12 ? 12 : isMorning && written === 12 ? -12 : 0;
  return { length: found[0].length, hour: written + shift, minute: Number(minute), ...(zone && { zone }) };
};

const toZone = (zone: string | undefined, timeZone: string) => {
  if (zone === undefined) return timeZone;
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  const size = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  return FixedOffsetZone.instance(sign === '-' ? -size : size);
};

const ambiguousDay = /(?<!\d)(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d\d)(?!\d)/gu;

/** Month first, where the page's country writes it so. */
const findMonthFirstDay = (text: string): { day: PrintedDay; from: number; to: number } | undefined => {
  for (const { 0: all, 1: month, 3: day, 4: year, index } of text.matchAll(ambiguousDay)) {
    const date = { year: Number(year), month: Number(month), day: Number(day) };
    if (DateTime.fromObject(date).isValid) return { day: date, from: index, to: index + all.length };
  }
  return undefined;
};

const maxLineLength = 1_000;

/** The first date in a text as the page's language writes dates, with the time of day behind it. */
export const findPageDate = (text: string, calendar: PageCalendar, timeZone: string): WrittenTime | undefined => {
  const line = calendar.toGregorian(toAsciiDigits(text.slice(0, maxLineLength)));
  const printed = findPrintedDay(line, () => calendar.dayFirst === true, calendar.findMonth);
  const found = printed ?? (calendar.dayFirst === false ? findMonthFirstDay(line) : undefined);
  if (!found) return undefined;
  const time = parseClock(line.slice(found.to, found.to + 60));
  const hours = time && { hour: time.hour, minute: time.minute };
  return {
    time: DateTime.fromObject({ ...found.day, ...hours }, { zone: toZone(time?.zone, timeZone) }),
    dateOnly: time === undefined,
    before: line.slice(0, found.from),
    after: line.slice(found.to + (time?.length ?? 0)),
  };
};
