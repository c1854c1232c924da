import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SettingsError } from '../../functions/core/publication.ts';

/** A file below the publication's `theme` folder, and the setting that names it. */
export interface ThemeFile {
  readonly bytes: Buffer;
  /** As the setting has it. */
  readonly name: string;
  readonly setting: string;
}

/**
 * Reads a file that a setting names.
 * @param folder the publication's `theme` folder
 * @throws {SettingsError} when there is none, or it is larger than `maxBytes`
 */
export const readThemeFile = (folder: string, name: string, setting: string, maxBytes: number): ThemeFile => {
  const file = join(folder, name);
  const bytes = readOptionally(file);
  if (!bytes) throw new SettingsError(`${setting}: there is no file ${file}`);
  if (bytes.length > maxBytes)
    throw new SettingsError(`${setting}: ${file} has ${bytes.length} bytes, and may have ${maxBytes}`);
  return { bytes, name, setting };
};

const readOptionally = (file: string): Buffer | undefined => {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
};
