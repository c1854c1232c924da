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

/**
 * Installs MiniStack, an emulator of AWS, into a Python environment of its own, unless it is there already.
 * @returns the environment's Python
 * @throws {NotAvailable} when there is no Python, or no way to the packages
 */
export const installMiniStack = async (signal: AbortSignal): Promise<string> => {
  const python = join(cache, 'bin', 'python');
  const stamp = join(cache, 'installed.txt');
  const wanted = await readFile(requirements, 'utf8');
  const [installed] = await Promise.all([
    readFile(stamp, 'utf8').catch(() => ''),
    check('openssl', ['version'], signal),
  ]);
  if (installed === wanted && (await isThere(python))) return python;
  await rm(cache, { recursive: true, force: true });
  await mkdir(cache, { recursive: true });
  await check(
    'python3',
    ['-c', 'import sys; assert sys.version_info >= (3, 10), "Python 3.10 or newer is needed"'],
    signal,
  );
  await check('python3', ['-m', 'venv', cache], signal);
  const quietly = ['--disable-pip-version-check', '--no-input', '--quiet'];
  await check(python, ['-m', 'pip', 'install', ...quietly, '--requirement', requirements], signal);
  await writeFile(stamp, wanted);
  return python;
};

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

const check = async (command: string, args: readonly string[], signal: AbortSignal): Promise<void> => {
  try {
    await runCommand(command, args, { seconds: 180, signal });
  } catch (error) {
    if (!(error instanceof CommandFailed) || signal.aborted) throw error;
    throw new NotAvailable(error.message, { cause: error });
  }
};
