import { resolve } from 'node:path';
import { toDataFolder } from '../publication-folder/find-publication-folder.ts';
import type { SesLimits } from './ses/start-ses.ts';

export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface StartOptions {
  readonly data: string;
  readonly seeds: string;
  readonly sitePort: number;
  readonly s3Port: number;
  readonly inboxPort: number;
  readonly ses?: SesLimits;
}

const parsePort = (text: string): number => {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`A port is a number from 0 to 65535, not "${text}".`);
};

/** What the command line may say. */
export interface StartFlags {
  readonly data?: string;
  readonly seeds?: string;
  readonly sitePort?: string;
  /** Another name of `sitePort`. */
  readonly port?: string;
  readonly s3Port?: string;
  readonly inboxPort?: string;
  readonly sesSandbox?: boolean;
  readonly sesRate?: string;
  readonly sesQuota?: string;
}

const parseCount = (text: string, name: string): number => {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UsageError(`--${name} takes a whole number from 1, not "${text}".`);
};

const parseSesLimits = ({ sesSandbox, sesRate, sesQuota }: StartFlags): SesLimits | undefined => {
  if (sesSandbox === undefined && sesRate === undefined && sesQuota === undefined) return undefined;
  return {
    ...(sesSandbox !== undefined && { sandbox: sesSandbox }),
    ...(sesRate !== undefined && { perSecond: parseCount(sesRate, 'ses-rate') }),
    ...(sesQuota !== undefined && { perDay: parseCount(sesQuota, 'ses-quota') }),
  };
};

/**
 * Completes the options of a start. Ports may come from the environment.
 * @param root the folder of the publication, which contains the default folders; others are relative to the current one
 * @throws {UsageError} for what is no port or no number
 */
export const toStartOptions = (
  given: StartFlags,
  environment: Readonly<Record<string, string | undefined>>,
  root: string,
): StartOptions => {
  const ses = parseSesLimits(given);
  return {
    data: given.data === undefined ? toDataFolder(root) : resolve(given.data),
    seeds: given.seeds === undefined ? resolve(root, 'seeds') : resolve(given.seeds),
    sitePort: parsePort(given.sitePort ?? given.port ?? environment.SEEDPRESS_SITE_PORT ?? '8080'),
    s3Port: parsePort(given.s3Port ?? environment.SEEDPRESS_S3_PORT ?? '9000'),
    inboxPort: parsePort(given.inboxPort ?? environment.SEEDPRESS_INBOX_PORT ?? '8025'),
    ...(ses && { ses }),
  };
};
