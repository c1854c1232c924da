import { chmodSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { lockFileName } from './lock-folder.ts';

const isDataFolder = (folder: string): boolean =>
  existsSync(join(folder, lockFileName)) || readdirSync(folder).length === 0;

/** False for a folder that somebody else owns. */
const tryChmod = (folder: string): boolean => {
  try {
    chmodSync(folder, 0o700);
    return true;
  } catch {
    return false;
  }
};

/**
 * Creates the data folder for its owner alone, and takes the rights of others away from one that an earlier run left.
 * The rights of a folder that is used for other things too are not changed.
 * @returns what to tell, if others had rights
 */
export const createPrivateFolder = (folder: string): string | undefined => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (process.platform === 'win32' || (statSync(folder).mode & 0o077) === 0) return undefined;
  const isMended = isDataFolder(folder) && tryChmod(folder);
  return isMended
    ? `Other users of this machine could look into ${folder}. Now it is yours alone.`
    : `Other users of this machine can look into ${folder}. Use a folder of your own for the data.`;
};
