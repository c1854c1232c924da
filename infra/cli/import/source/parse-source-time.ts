import { DateTime } from 'luxon';
import { parseDate } from '../../../../functions/core/article/text/parse-date.ts';
import type { StatedTime } from '../../../../functions/core/article.ts';

/** A time as exports write it: ISO 8601, or RFC 822 as RSS does; undefined for any other form. */
export const parseSourceTime = (written: string, timeZone: string): StatedTime | undefined => {
  const stated = parseDate(written, timeZone);
  if (stated) return stated;
  const read = DateTime.fromRFC2822(written.trim(), { zone: 'utc' });
  return read.isValid ? { at: read.toISO(), dateOnly: false } : undefined;
};

/** A change before the publication says nothing. */
export const selectLaterChange = (date: StatedTime | undefined, updated: StatedTime | undefined): string | undefined =>
  date && updated && updated.at > date.at ? updated.at : undefined;
