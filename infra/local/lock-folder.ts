import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Another local run works on the folder. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError';
}

/**
 * Takes a folder for this process alone, and makes it if it is not there. The lock is the system's, on a SQLite
 * file, so it goes with the process however that ends.
 * @throws {FolderInUseError}
 */
export const lockFolder = (folder: string): { release(): void } => {
  mkdirSync(folder, { recursive: true });
  const lock = new DatabaseSync(join(folder, 'lock.sqlite'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    throw new FolderInUseError(`Seedpress is running already on ${folder}.`, { cause: error });
  }
  return { release: () => lock.close() };
};
