import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Every data folder has it. */
export const lockFileName = 'lock.sqlite';

/** Another local run uses the folder. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError';
}

/**
 * Locks a folder for this process. The lock is SQLite's on a file, which the operating system releases when the process
 * ends in any way.
 * @throws {FolderInUseError}
 */
export const lockFolder = (folder: string): { release(): void } => {
  const lock = new DatabaseSync(join(folder, lockFileName), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    throw new FolderInUseError(`Seedpress is running already on ${folder}.`, { cause: error });
  }
  return { release: () => lock.close() };
};
