import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const editorsLeavings = [
  /~$/,
  /^#.*#$/,
  /\.(swp|swx|swo|tmp|temp|part|partial|crdownload|download|bak|lock)$/i,
  /^4913$/,
  /^(Thumbs\.db|desktop\.ini)$/i,
];

/** Whether a file of this name is hidden, or something that an editor or a download leaves for a moment. */
export const isIgnored = (name: string): boolean =>
  name.startsWith('.') || editorsLeavings.some((pattern) => pattern.test(name));

/** The key of a file, by its path within the folder: slashes, and composed characters, which macOS takes apart. */
export const keyOf = (path: string): string => path.split(sep).join('/').normalize('NFC');

export interface SeedFile {
  readonly key: string;
  readonly path: string;
}

/** Every file that is a seed, or lies beside one. */
export const listSeedFiles = async (folder: string): Promise<SeedFile[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, sep).length))
    .filter((path) => !path.split(sep).some(isIgnored))
    .sort()
    .map((path) => ({ key: keyOf(path), path: join(folder, path) }));
};

const sizeAndTime = async (path: string): Promise<string | undefined> => {
  try {
    const found = await stat(path);
    return found.isFile() ? `${found.size} ${found.mtimeMs}` : undefined;
  } catch {
    return undefined;
  }
};

/** Milliseconds for which a file must not change before it counts as whole. */
const settlingTime = 100;

/**
 * Reads a file once nobody is writing to it any more; undefined when it is gone. A file that was just replaced by
 * renaming is missing for a moment: that is waited for too.
 */
export const readSettled = async (path: string): Promise<Buffer | undefined> => {
  let before = await sizeAndTime(path);
  for (;;) {
    await sleep(settlingTime);
    const after = await sizeAndTime(path);
    if (after === before) return after === undefined ? undefined : await readFile(path);
    before = after;
  }
};

export const md5 = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');
