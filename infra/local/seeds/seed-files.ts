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

/** Whether a file of this name is hidden, or a temporary file of an editor or a download. */
export const isIgnoredFile = (name: string): boolean =>
  name.startsWith('.') || ignoredNames.some((pattern) => pattern.test(name));

/** The key for a path within the folder: with slashes, and with composed characters, which macOS decomposes. */
export const toSeedKey = (path: string): string => path.split(sep).join('/').normalize('NFC');

export interface LocalSeedFile {
  readonly key: string;
  readonly path: string;
}

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

/** A file is complete when it has not changed for this long. */
const stableForMs = 100;

/**
 * Reads a file once it no longer changes; undefined when it was deleted. A file that is replaced by renaming is missing
 * for a moment, which is not a deletion.
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
