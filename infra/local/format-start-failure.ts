import { NoPublicationError } from '../publication-folder/find-publication-folder.ts';
import { findFreePort, PortInUseError } from './base/http-server.ts';
import { OutdatedTableError } from './dynamodb/create-tables.ts';
import { FolderInUseError } from './lock-folder.ts';
import { MissingFolderError } from './start-local.ts';
import { SynthesisError } from './synthesize-app.ts';
import { UnsupportedTemplateError } from './template/template.ts';

/** Errors that the user can correct: a stack trace would hide the message. */
const userErrors = [
  FolderInUseError,
  MissingFolderError,
  NoPublicationError,
  SynthesisError,
  OutdatedTableError,
  UnsupportedTemplateError,
];

export const formatStartFailure = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const isPlain = userErrors.some((kind) => error instanceof kind);
  return isPlain ? error.message : (error.stack ?? error.message);
};

type WantedPorts = Readonly<Record<string, number>>;

const isPortFree = async (port: number): Promise<boolean> => {
  try {
    await findFreePort(port);
    return true;
  } catch (error) {
    if (error instanceof PortInUseError) return false;
    throw error;
  }
};

const findFreePortAfter = async (port: number, wanted: ReadonlySet<number>): Promise<number> => {
  for (let next = port + 1; next <= 65_535; next += 1) if (!wanted.has(next) && (await isPortFree(next))) return next;
  return 0;
};

/** The ports that are taken, and flags with free ports instead, such as `--site-port 8081 --s3-port 9002`. */
const suggestPorts = async (wanted: WantedPorts): Promise<{ taken: number[]; flags: string }> => {
  const used = new Set(Object.values(wanted));
  const taken: number[] = [];
  const flags: string[] = [];
  for (const [flag, port] of Object.entries(wanted)) {
    if (port === 0 || (await isPortFree(port))) continue;
    const free = await findFreePortAfter(port, used);
    used.add(free);
    taken.push(port);
    flags.push(`--${flag} ${free}`);
  }
  return { taken, flags: flags.join(' ') };
};

export const formatPortFailure = async (error: PortInUseError, wanted: WantedPorts): Promise<string> => {
  const { taken, flags } = await suggestPorts(wanted);
  if (taken.length === 0) return `Port ${error.port} was taken a moment ago. Try again.`;
  const listed = new Intl.ListFormat('en').format(taken.map(String));
  const ports = taken.length === 1 ? `Port ${listed} is` : `Ports ${listed} are`;
  return `${ports} taken by another program. Free at the moment: npm start -- ${flags}`;
};
