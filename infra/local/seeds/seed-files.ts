import { constants } from 'node:fs';
import { lstat, open, readdir, realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { compareStrings } from '../../../functions/core/text/compare-strings.ts';

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

/**
 * A symbolic link, which may lead out of the folder, a pipe, a device: reading it could publish or wait for anything.
 */
export class SpecialFileError extends Error {
  override readonly name = 'SpecialFileError';

  constructor(path: string) {
    super(`${path} is not published: it is a link or not a regular file.`);
  }
}

/** All files of the folder that are not ignored; links to folders are not followed. */
export const listSeedFiles = async (
  folder: string,
): Promise<{ readonly files: LocalSeedFile[]; readonly special: LocalSeedFile[] }> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => ({ entry, path: join(entry.parentPath, entry.name).slice(join(folder, sep).length) }))
    .filter(({ path }) => !path.split(sep).some(isIgnoredFile))
    .sort((a, b) => compareStrings(a.path, b.path))
    .map(({ entry, path }) => ({ isFile: entry.isFile(), key: toSeedKey(path), path: join(folder, path) }));
  const select = (isFile: boolean) => found.filter((each) => each.isFile === isFile);
  return { files: select(true), special: select(false) };
};

/** Files are read whole. What is a little larger than can be published gets a rejection like any other upload. */
const maxFileBytes = 250_000_000;

/**
 * Reads a regular file that is in the folder itself, whatever is put in its place or in that of a folder above it
 * meanwhile.
 * @throws {SpecialFileError}
 */
export const readSeedFile = async (folder: string, path: string): Promise<Buffer> => {
  if (!(await lstat(path)).isFile()) throw new SpecialFileError(path);
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const expected = join(await realpath(folder), relative(folder, path));
    const [opened, found, real] = await Promise.all([file.stat(), lstat(expected), realpath(path)]);
    if (!opened.isFile() || real !== expected) throw new SpecialFileError(path);
    // Another file has taken its place: it is checked in its turn.
    if (opened.ino !== found.ino || opened.dev !== found.dev) return await readSeedFile(folder, path);
    if (opened.size > maxFileBytes) throw new Error(`${path} is not published: it is larger than 250 MB.`);
    return await file.readFile();
  } finally {
    await file.close();
  }
};

const readSizeAndTime = async (path: string): Promise<string | undefined> => {
  try {
    const found = await lstat(path);
    return found.isDirectory() ? undefined : `${found.size} ${found.mtimeMs}`;
  } catch {
    return undefined;
  }
};

/** A file is complete when it has not changed for this long. */
const stableForMs = 100;

/**
 * Reads a file once it no longer changes; undefined when it was deleted. A file that is replaced by renaming is missing
 * for a moment, which is not a deletion.
 * @throws {SpecialFileError}
 */
export const readStableFile = async (folder: string, path: string): Promise<Buffer | undefined> => {
  let before = await readSizeAndTime(path);
  for (;;) {
    await sleep(stableForMs);
    const after = await readSizeAndTime(path);
    if (after === before) return after === undefined ? undefined : await readSeedFile(folder, path);
    before = after;
  }
};
