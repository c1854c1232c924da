import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const isSafeSegment = (segment: string): boolean => segment !== '' && segment !== '.' && segment !== '..';

/** @returns why it cannot be a file here, if it cannot */
export const writeObjectFile = async (
  folder: string,
  key: string,
  content: string | Uint8Array,
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
