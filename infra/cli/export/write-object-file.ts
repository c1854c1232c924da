import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

const isSafeSegment = (segment: string): boolean => segment !== '' && segment !== '.' && segment !== '..';

/** @returns why it cannot be a file here, if it cannot */
export const writeObjectFile = async (
  folder: string,
  key: string,
  content: string | Uint8Array | AsyncIterable<Uint8Array>,
): Promise<string | undefined> => {
  if (!key.split('/').every(isSafeSegment) || /[\\\p{Cc}]/u.test(key)) return 'its name can be no file name';
  const path = join(folder, key);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    return undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!['ENAMETOOLONG', 'EISDIR', 'ENOTDIR', 'EEXIST', 'EILSEQ', 'EINVAL'].includes(code)) throw error;
    return `its name can be no file name here (${code})`;
  }
};

/** Gives how many lines there are. */
export const writeJsonLines = async (path: string, values: AsyncIterable<unknown>): Promise<number> => {
  let count = 0;
  const formatLines = async function* () {
    for await (const value of values) {
      count += 1;
      yield `${JSON.stringify(value)}\n`;
    }
  };
  await pipeline(formatLines, createWriteStream(path));
  return count;
};
