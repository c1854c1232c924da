import { UnsupportedTemplateError } from '../template/template.ts';

const minutesPerUnit: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1440 };
const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const days = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

const refuse = (expression: string): never => {
  throw new UnsupportedTemplateError(`The local run does not know the schedule ${expression}.`);
};

/** One field of a cron expression: `*`, `?`, numbers, names, `a-b`, `a/step`, and lists of them. */
const parseField = (field: string, [min, max]: readonly [number, number], names: readonly string[] = []) => {
  const parseNumber = (text: string): number => {
    const named = names.indexOf(text.toUpperCase());
    const value = named < 0 ? Number(text) : named + min;
    return Number.isInteger(value) && value >= min && value <= max ? value : refuse(field);
  };
  const allowed = new Set<number>();
  for (const part of field.split(',')) {
    const [range = '', step = '1'] = part.split('/');
    const [from = '', to] = range.split('-');
    const isAny = from === '*' || from === '?';
    const first = isAny ? min : parseNumber(from);
    const last = to !== undefined ? parseNumber(to) : isAny || part.includes('/') ? max : first;
    for (let value = first; value <= last; value += Number(step) || refuse(field)) allowed.add(value);
  }
  return allowed;
};

/** `MON#1` is the first Monday of a month. */
const parseWeekday = (field: string): Pick<CronFields, 'dayOfWeek' | 'weekOfMonth'> => {
  const [, weekday = field, week] = /^(\w+)#([1-5])$/.exec(field) ?? [];
  return { dayOfWeek: parseField(weekday, [1, 7], days), weekOfMonth: week === undefined ? undefined : Number(week) };
};

/** The values that each field of a cron expression allows. The first month and Sunday are 1. */
export interface CronFields {
  readonly minute: ReadonlySet<number>;
  readonly hour: ReadonlySet<number>;
  /** `L` is the last. */
  readonly dayOfMonth: ReadonlySet<number> | 'L';
  readonly month: ReadonlySet<number>;
  readonly dayOfWeek: ReadonlySet<number>;
  /** Of the days of the week: 1 are those up to the seventh of the month. */
  readonly weekOfMonth: number | undefined;
  readonly year: ReadonlySet<number>;
}

/** Parses `cron(0 7 * * ? *)`; undefined for an expression of another kind. @throws {UnsupportedTemplateError} */
export const parseCron = (expression: string): CronFields | undefined => {
  const inside = /^cron\((.+)\)$/.exec(expression.trim())?.[1];
  if (inside === undefined) return undefined;
  const fields = inside.trim().split(/\s+/);
  const [minute, hour, dayOfMonth, month, dayOfWeek, year] = fields;
  if (!minute || !hour || !dayOfMonth || !month || !dayOfWeek || !year || fields.length > 6) return refuse(expression);
  return {
    minute: parseField(minute, [0, 59]),
    hour: parseField(hour, [0, 23]),
    dayOfMonth: dayOfMonth === 'L' ? dayOfMonth : parseField(dayOfMonth, [1, 31]),
    month: parseField(month, [1, 12], months),
    ...parseWeekday(dayOfWeek),
    year: parseField(year, [1970, 2199]),
  };
};

/** Parses `rate(5 minutes)` to minutes. @throws {UnsupportedTemplateError} for anything else */
export const parseRate = (expression: string): number => {
  const [, count, unit = ''] = /^rate\(\s*(\d+)\s+(\w+)\s*\)$/.exec(expression.trim()) ?? [];
  const every = Number(count) * (minutesPerUnit[unit.replace(/s$/, '')] ?? 0);
  return every >= 1 ? every : refuse(expression);
};
