import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ignoredNames = [
  /~$/,
  /^#.*#$/,
  /\.(swp|swx|swo|tmp|temp|part|partial|crdownload|download|bak|lock)$/i,
  /^4913$/,
  /^(Thumbs\.db|desktop\.ini)$/i,
];

/** Whether a file of this name is hidden, or something that an editor or a download leaves for a moment. */
export const isIgnoredFile = (name: string): boolean =>
  name.startsWith('.') || ignoredNames.some((pattern) => pattern.test(name));

/** The key of a file, by its path within the folder: slashes, and composed characters, which macOS takes apart. */
export const toSeedKey = (path: string): string => path.split(sep).join('/').normalize('NFC');

export interface LocalSeedFile {
  readonly key: string;
  readonly path: string;
}

/** Every file that is a seed, or lies beside one. */
export const listSeedFiles = async (folder: string): Promise<LocalSeedFile[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, sep).length))
    .filter((path) => !path.split(sep).some(isIgnoredFile))
    .sort()
    .map((path) => ({ key: toSeedKey(path), path: join(folder, path) }));
};

const readSizeAndTime = async (path: string): Promise<string | undefined> => {
  try {
    const found = await stat(path);
    return found.isFile() ? `${found.size} ${found.mtimeMs}` : undefined;
  } catch {
    return undefined;
  }
};

/** Milliseconds for which a file must not change before it counts as whole. */
const stableForMs = 100;

/**
 * Reads a file once nobody is writing to it any more; undefined when it is gone. A file that was just replaced by
 * renaming is missing for a moment: that is waited for too.
 */
export const readStableFile = async (path: string): Promise<Buffer | undefined> => {
  let before = await readSizeAndTime(path);
  for (;;) {
    await sleep(stableForMs);
    const after = await readSizeAndTime(path);
    if (after === before) return after === undefined ? undefined : await readFile(path);
    before = after;
  }
};

export const hashMd5 = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');
