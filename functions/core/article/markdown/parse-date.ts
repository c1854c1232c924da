import { DateTime, FixedOffsetZone } from 'luxon';
import { type StatedTime, toStatedTime } from '../../article.ts';

/** ISO 8601 and YAML timestamps: a day, or a day and a time with or without seconds and an offset. */
const datePattern =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt]|[ \t]+)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?[ \t]*([Zz]|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?)?)?$/;

const toZone = (offset: string | undefined, timeZone: string) => {
  if (offset === undefined) return timeZone;
  const [, sign, hours, minutes = '0'] = /^([+-])(\d{1,2}?):?(\d{2})?$/.exec(offset) ?? [];
  const size = Number(hours ?? 0) * 60 + Number(minutes);
  return FixedOffsetZone.instance(sign === '-' ? -size : size);
};

/** A time without an offset is in `timeZone`. Undefined for other forms and for days that do not exist. */
export const parseDate = (written: string, timeZone: string): StatedTime | undefined => {
  const [, year, month, day, hour, minute, second, fraction, offset] = datePattern.exec(written.trim()) ?? [];
  if (year === undefined) return undefined;
  const numbers = { year: Number(year), month: Number(month), day: Number(day) };
  const clock = { hour: Number(hour ?? 0), minute: Number(minute ?? 0), second: Number(second ?? 0) };
  const millisecond = Number((fraction ?? '').slice(0, 3).padEnd(3, '0'));
  const time = DateTime.fromObject({ ...numbers, ...clock, millisecond }, { zone: toZone(offset, timeZone) });
  return numbers.year >= 1000 ? toStatedTime(time, hour === undefined) : undefined;
};
