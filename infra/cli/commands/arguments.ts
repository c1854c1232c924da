import { InvalidArgumentError } from 'commander';
import { parseEmailAddress } from '../../../functions/core/newsletter/subscriber/email-address.ts';
import { type Cadence, cadences } from '../../../functions/core/publication.ts';
import { createDnsResolver, type DnsResolver } from '../doctor/dns-resolver.ts';
import { parseSiteAddress } from '../import/source/old-address.ts';
import { type SubscriberState, subscriberStates } from '../subscribers/subscriber-states.ts';

/** A number of things to show. @throws {InvalidArgumentError} */
export const parseLimit = (written: string): number => {
  const limit = Number(written);
  if (Number.isInteger(limit) && limit >= 1) return limit;
  throw new InvalidArgumentError('It is a whole number, 1 or more.');
};

/** How many of something there are. @throws {InvalidArgumentError} */
export const parseCount = (written: string): number => {
  const count = Number(written);
  if (/^\d+$/.test(written) && Number.isSafeInteger(count)) return count;
  throw new InvalidArgumentError('It is a whole number, 0 or more.');
};

/** @throws {InvalidArgumentError} */
export const parseCadence = (written: string): Cadence => {
  const cadence = cadences.find((each) => each === written);
  if (cadence) return cadence;
  throw new InvalidArgumentError('It is daily or weekly.');
};

/** The name of an issue, such as `daily-12`. @throws {InvalidArgumentError} */
export const parseIssueName = (written: string): string => {
  if (/^(daily|weekly)-[1-9]\d*$/.test(written)) return written;
  throw new InvalidArgumentError('An issue is named by cadence and number, such as daily-12.');
};

/** An e-mail address, as mail takes it. @throws {InvalidArgumentError} */
export const parseMailAddress = (written: string): string => {
  const address = parseEmailAddress(written);
  if (address) return address;
  throw new InvalidArgumentError('It is no e-mail address.');
};

/** A state of subscribers. @throws {InvalidArgumentError} */
export const parseSubscriberState = (written: string): SubscriberState => {
  const state = subscriberStates.find((each) => each === written);
  if (state) return state;
  throw new InvalidArgumentError(`It is one of ${subscriberStates.join(', ')}.`);
};

/** A resolver that asks one DNS server alone. @throws {InvalidArgumentError} */
export const parseDnsServer = (written: string): DnsResolver => {
  try {
    return createDnsResolver([written]);
  } catch {
    throw new InvalidArgumentError(
      'It is an IP address, with a port if you like: 9.9.9.9 or 127.0.0.1:5353.',
    );
  }
};

/** What seeds' keys begin with: folders, without a slash before them. @throws {InvalidArgumentError} */
export const parseKeyPrefix = (written: string): string => {
  const prefix = written === '' || written.endsWith('/') ? written : `${written}/`;
  const names = prefix.split('/').slice(0, -1);
  if (names.every((name) => /^[\p{L}\p{N}_][\p{L}\p{N}\p{M}._-]*$/u.test(name))) return prefix;
  throw new InvalidArgumentError('It is a folder, such as imported/.');
};

/** The address of a site, without a slash at its end. @throws {InvalidArgumentError} */
export const parseOldSite = (written: string): string => {
  const site = parseSiteAddress(written);
  if (site !== undefined) return site;
  throw new InvalidArgumentError('It is an address that begins with https:// or http://.');
};
