import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ProcessFailed, runProcess } from './run-process.ts';

/** Something that this machine lacks, which is no fault of the project's. */
export class PrerequisiteMissing extends Error {
  override readonly name = 'NotAvailable';
}

const requirementsFile = fileURLToPath(new URL('requirements.txt', import.meta.url));
const cacheFolder = fileURLToPath(new URL('../../node_modules/.cache/ministack/', import.meta.url));
const pythonVersionCheck = 'import sys; assert sys.version_info >= (3, 10), sys.version';

/**
 * Installs MiniStack, an emulator of AWS, into a Python environment of its own, unless it is there already.
 * @returns the environment's Python
 * @throws {PrerequisiteMissing} when there is no Python, or no way to the packages
 */
export const installMiniStack = async (signal: AbortSignal): Promise<string> => {
  const python = join(cacheFolder, 'bin', 'python');
  const stamp = join(cacheFolder, 'installed.txt');
  const how = { timeoutSeconds: 180, signal };
  await requireCommand('there is no openssl', runProcess('openssl', ['version'], how));
  const wanted = await readFile(requirementsFile, 'utf8');
  const installed = await readFile(stamp, 'utf8').catch(() => '');
  if (installed === wanted && (await exists(python))) return python;
  await rm(cacheFolder, { recursive: true, force: true });
  await mkdir(cacheFolder, { recursive: true });
  await requireCommand('there is no Python 3.10 or newer', runProcess('python3', ['-c', pythonVersionCheck], how));
  await requireCommand('Python makes no environment', runProcess('python3', ['-m', 'venv', cacheFolder], how));
  const quietly = ['--disable-pip-version-check', '--no-input', '--quiet', '--retries', '2'];
  const install = ['-m', 'pip', 'install', ...quietly, '--requirement', requirementsFile];
  await requireCommand('pip cannot install its packages', runProcess(python, install, how));
  await writeFile(stamp, wanted);
  return python;
};

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/** @param problem what is so where the command fails */
const requireCommand = async (problem: string, command: Promise<string>): Promise<void> => {
  try {
    await command;
  } catch (error) {
    if (!(error instanceof ProcessFailed)) throw error;
    throw new PrerequisiteMissing(`${problem}.\n${error.message}`, { cause: error });
  }
};
