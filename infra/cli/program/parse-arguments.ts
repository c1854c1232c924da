import { InvalidArgumentError } from 'commander';
import type { DurationLikeObject } from 'luxon';
import { parseEmailAddress } from '../../../functions/core/newsletter/subscriber/email-address.ts';
import { createDnsResolver, type DnsResolver } from '../doctor/dns-resolver.ts';
import { parseSiteAddress } from '../import/source/old-address.ts';

const parseInteger = (written: string, minimum: number): number => {
  const number = Number(written);
  if (/^\d+$/.test(written) && Number.isSafeInteger(number) && number >= minimum) return number;
  throw new InvalidArgumentError(`It must be a whole number, ${minimum} or more.`);
};

export const parseLimit = (written: string): number => parseInteger(written, 1);

export const parseCount = (written: string): number => parseInteger(written, 0);

export const parseIssueName = (written: string): string => {
  if (/^(immediately|daily|weekly|monthly)-[1-9]\d*$/.test(written)) return written;
  throw new InvalidArgumentError('It must be a cadence and a number, such as daily-12.');
};

export const parseMailAddress = (written: string): string => {
  const address = parseEmailAddress(written);
  if (address) return address;
  throw new InvalidArgumentError('It must be an e-mail address.');
};

export const parseDnsServer = (written: string): DnsResolver => {
  try {
    return createDnsResolver([written]);
  } catch {
    throw new InvalidArgumentError('It must be an IP address, such as 9.9.9.9 or 127.0.0.1:5353.');
  }
};

export const parseKeyPrefix = (written: string): string => {
  const prefix = written === '' || written.endsWith('/') ? written : `${written}/`;
  const names = prefix.split('/').slice(0, -1);
  if (names.every((name) => /^[\p{L}\p{N}_][\p{L}\p{N}\p{M}._-]*$/u.test(name))) return prefix;
  throw new InvalidArgumentError('It must be a folder, such as imported/.');
};

export const parseOldSite = (written: string): string => {
  const site = parseSiteAddress(written);
  if (site !== undefined) return site;
  throw new InvalidArgumentError('It must be an address that begins with https:// or http://.');
};

const durationUnits: Readonly<Record<string, readonly [unit: keyof DurationLikeObject, maximum: number]>> = {
  min: ['minutes', 366 * 24 * 60],
  h: ['hours', 366 * 24],
  d: ['days', 366],
  w: ['weeks', 52],
};

export const parseDuration = (written: string): DurationLikeObject => {
  const [, digits = '', letter = ''] = /^(\d+)(min|[hdw])$/.exec(written) ?? [];
  const [unit = 'hours', maximum = 0] = durationUnits[letter] ?? [];
  const count = Number(digits);
  if (count >= 1 && count <= maximum) return { [unit]: count };
  throw new InvalidArgumentError(
    'It must be a number of minutes, hours, days or weeks, such as 10min, 12h, 3d or 4w, up to a year.',
  );
};
