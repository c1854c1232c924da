import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { toDataFolder } from '../publication-folder/find-publication-folder.ts';
import { formatErrorMessage } from './base/format-error-message.ts';
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

const help = `Runs Seedpress on this machine.

  npm start -- [options]

  --data DIR          the folder for data       (.seedpress)
  --seeds DIR         the folder to publish     (seeds)
  --site-port PORT    the site; also --port     (8080, or SEEDPRESS_SITE_PORT)
  --s3-port PORT      the S3 endpoint           (9000, or SEEDPRESS_S3_PORT)
  --inbox-port PORT   the inbox of all mails    (8025, or SEEDPRESS_INBOX_PORT)
  --ses-sandbox       SES as in a new account: one mail a second, 200 a day, to verified addresses only
  --ses-rate N        mails a second that SES takes (14)
  --ses-quota N       mails a day that SES takes (50000)

While it runs: npx seedpress --help
`;

const flags = {
  data: { type: 'string' },
  seeds: { type: 'string' },
  port: { type: 'string' },
  'site-port': { type: 'string' },
  's3-port': { type: 'string' },
  'inbox-port': { type: 'string' },
  'ses-sandbox': { type: 'boolean' },
  'ses-rate': { type: 'string' },
  'ses-quota': { type: 'string' },
  help: { type: 'boolean' },
} as const;

const parseFlags = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options: flags }).values;
  } catch (error) {
    throw new UsageError(`${formatErrorMessage(error)}\n\n${help}`, { cause: error });
  }
};

const parsePort = (text: string): number => {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`A port is a number from 0 to 65535, not "${text}".`);
};

/** What the command line may say; `port` is another name of `site-port`. */
export type StartFlags = Readonly<
  Partial<
    Record<'data' | 'seeds' | 'port' | 'site-port' | 's3-port' | 'inbox-port' | 'ses-rate' | 'ses-quota', string> & {
      'ses-sandbox': boolean;
    }
  >
>;

const parseCount = (text: string, name: string): number => {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UsageError(`--${name} takes a whole number from 1, not "${text}".`);
};

const parseSesLimits = (given: StartFlags): SesLimits | undefined => {
  const { 'ses-sandbox': sandbox, 'ses-rate': rate, 'ses-quota': quota } = given;
  if (sandbox === undefined && rate === undefined && quota === undefined) return undefined;
  return {
    ...(sandbox !== undefined && { sandbox }),
    ...(rate !== undefined && { perSecond: parseCount(rate, 'ses-rate') }),
    ...(quota !== undefined && { perDay: parseCount(quota, 'ses-quota') }),
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
    sitePort: parsePort(given['site-port'] ?? given.port ?? environment.SEEDPRESS_SITE_PORT ?? '8080'),
    s3Port: parsePort(given['s3-port'] ?? environment.SEEDPRESS_S3_PORT ?? '9000'),
    inboxPort: parsePort(given['inbox-port'] ?? environment.SEEDPRESS_INBOX_PORT ?? '8025'),
    ...(ses && { ses }),
  };
};

/**
 * Parses the command line of `npm start`.
 * @throws {UsageError}
 */
export const parseStartOptions = (
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  root: string,
): StartOptions | { readonly help: string } => {
  const { help: isHelpWanted, ...given } = parseFlags(args);
  return isHelpWanted ? { help } : toStartOptions(given, environment, root);
};
