import { DateTime } from 'luxon';

/** A longer cell, such as a key of 1,024 bytes, moves the rest of its own row and not that of all rows. */
const maxColumnWidth = 60;

export const formatTable = (rows: readonly (readonly string[])[]): string[] => {
  const widths: number[] = [];
  for (const row of rows)
    for (const [column, cell] of row.entries())
      widths[column] = Math.max(widths[column] ?? 0, cell.length <= maxColumnWidth ? cell.length : 0);
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};

/** `1 article`, `2 articles`, `12,000 articles`. */
export const formatCount = (count: number, singular: string, plural = `${singular}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? singular : plural}`;

/** A time for people, by the clocks of a zone: `Tue 1 Dec 2026, 07:00`. */
export const formatTime = (at: string | Date, timeZone: string): string =>
  DateTime.fromJSDate(new Date(at), { zone: timeZone }).setLocale('en-GB').toFormat('ccc d MMM yyyy, HH:mm');

/** A time for people, rounded up: `8 s`, `50 min`, `19.8 h`. */
export const formatDuration = (seconds: number): string => {
  if (seconds < 90) return `${Math.max(1, Math.ceil(seconds))} s`;
  return seconds < 90 * 60 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
};
