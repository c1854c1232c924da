import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommandFailed, runCommand } from './run-command.ts';

/** Something that this machine lacks, which is no fault of the project's. */
export class NotAvailable extends Error {
  override readonly name = 'NotAvailable';
}

const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));
const cache = fileURLToPath(new URL('../../node_modules/.cache/ministack/', import.meta.url));
const newEnough = 'import sys; assert sys.version_info >= (3, 10), sys.version';

/**
 * Installs MiniStack, an emulator of AWS, into a Python environment of its own, unless it is there already.
 * @returns the environment's Python
 * @throws {NotAvailable} when there is no Python, or no way to the packages
 */
export const installMiniStack = async (signal: AbortSignal): Promise<string> => {
  const python = join(cache, 'bin', 'python');
  const stamp = join(cache, 'installed.txt');
  const how = { seconds: 180, signal };
  await demand('there is no openssl', runCommand('openssl', ['version'], how));
  const wanted = await readFile(requirements, 'utf8');
  const installed = await readFile(stamp, 'utf8').catch(() => '');
  if (installed === wanted && (await isThere(python))) return python;
  await rm(cache, { recursive: true, force: true });
  await mkdir(cache, { recursive: true });
  await demand('there is no Python 3.10 or newer', runCommand('python3', ['-c', newEnough], how));
  await demand('Python makes no environment', runCommand('python3', ['-m', 'venv', cache], how));
  const quietly = ['--disable-pip-version-check', '--no-input', '--quiet', '--retries', '2'];
  const install = ['-m', 'pip', 'install', ...quietly, '--requirement', requirements];
  await demand('pip cannot install its packages', runCommand(python, install, how));
  await writeFile(stamp, wanted);
  return python;
};

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/** @param lacking what is so where the command fails */
const demand = async (lacking: string, command: Promise<string>): Promise<void> => {
  try {
    await command;
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    throw new NotAvailable(`${lacking}.\n${error.message}`, { cause: error });
  }
};
