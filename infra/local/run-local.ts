import { relative } from 'node:path';
import { cleanForTerminal } from '../../functions/core/text/clean-for-terminal.ts';
import { toDataFolder } from '../publication-folder/find-publication-folder.ts';
import { listPageWarnings } from '../publication-folder/list-page-warnings.ts';
import { PortInUseError } from './base/http-server.ts';
import { followPublication } from './follow-publication.ts';
import { formatAddresses } from './format-addresses.ts';
import { formatPortFailure, formatStartFailure } from './format-start-failure.ts';
import { type LocalRun, startLocal } from './start-local.ts';
import type { StartOptions } from './start-options.ts';
import { synthesizeApp } from './synthesize-app.ts';

const cleanLines = (text: string): string => text.split('\n').map(cleanForTerminal).join('\n');

const print = (text: string): void => console.log(cleanLines(text));

/** npm may pass on the Ctrl-C that this process got from the terminal already. */
const repeatedSignalMs = 500;

/** The first signal stops cleanly, the second at once. */
const stopOnSignal = (local: Promise<LocalRun>): void => {
  let stoppedAt: number | undefined;
  const stop = async (): Promise<void> => {
    if (stoppedAt !== undefined && Date.now() - stoppedAt < repeatedSignalMs) return;
    if (stoppedAt !== undefined) process.exit(1);
    stoppedAt = Date.now();
    print('\nStopping when running work is finished. Press Ctrl-C again to stop at once.');
    await (await local).close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  if (process.env.npm_lifecycle_event !== undefined) stopWhenOrphaned(stop);
};

/** npm sends SIGTERM to the shell between it and this process only, which ends without a signal to this process. */
const stopWhenOrphaned = (stop: () => void): void => {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop();
  }, 500);
  timer.unref();
};

const run = async (options: StartOptions, publicationFolder: string): Promise<void> => {
  const starting = startLocal({
    ...options,
    synthesize: (outdir, progress) => synthesizeApp(publicationFolder, outdir, progress),
    secrets: process.env,
    reloadsPages: true,
    print,
  });
  stopOnSignal(starting);
  const local = await starting;
  const relativeSeeds = `${relative(process.cwd(), options.seeds)}/`;
  const folder = relativeSeeds.startsWith('..') ? options.seeds : relativeSeeds;
  const hasOwnData = options.data !== toDataFolder(publicationFolder);
  const command = `npx seedpress${hasOwnData ? ` --data ${options.data}` : ''}`;
  print(formatAddresses(local, { seedsFolder: folder, command }));
  for (const warning of listPageWarnings(options.seeds)) print(warning);
  local.onClose(await followPublication({ folder: publicationFolder, local, print }));
  const { uploaded, removed } = await local.mirror();
  if (uploaded + removed > 0) print(`${folder}: ${uploaded} to publish, ${removed} withdrawn`);
};

const formatFailure = async (error: unknown, { sitePort, s3Port, inboxPort }: StartOptions): Promise<string> => {
  const wanted = { 'site-port': sitePort, 's3-port': s3Port, 'inbox-port': inboxPort };
  return error instanceof PortInUseError ? formatPortFailure(error, wanted) : formatStartFailure(error);
};

/** Runs a publication on this machine until a signal ends the process. An error ends it too, with its message. */
export const runLocal = async (options: StartOptions, publicationFolder: string): Promise<void> => {
  // As in Lambda.
  process.env.TZ = 'UTC';
  // Addresses of readers and signing keys are in the data folder: its files are for their owner alone.
  process.umask(0o077);
  try {
    await run(options, publicationFolder);
  } catch (error) {
    console.error(cleanLines(await formatFailure(error, options)));
    process.exit(1);
  }
};
