import { DateTime } from 'luxon';

/** The day first, with dots: no country means it otherwise. */
const dottedFormats = ['d.M.yyyy', 'd.M.yyyy H:mm', 'd.M.yyyy H:mm:ss'];

/**
 * An instant as files write it, ISO 8601 in UTC; undefined for what can be read in more than one way, as 05/06/2024 can.
 * @param timeZone by whose clocks a time without a zone is meant
 */
export const parseCsvDate = (written: string, timeZone: string): string | undefined => {
  const read = /^\d{4}-\d\d-\d\d/.test(written)
    ? DateTime.fromISO(written.replace(' ', 'T'), { zone: timeZone })
    : dottedFormats
        .map((format) => DateTime.fromFormat(written, format, { zone: timeZone }))
        .find(({ isValid }) => isValid);
  return read?.isValid ? read.toUTC().toISO() : undefined;
};
