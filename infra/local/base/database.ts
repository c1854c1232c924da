import { DatabaseSync } from 'node:sqlite';

/**
 * Opens the local run's database, `:memory:` for none on disk. A process that is killed loses no committed change:
 * the write-ahead log is in the system's hands by then.
 */
export const openDatabase = (file: string): DatabaseSync => {
  const database = new DatabaseSync(file, { timeout: 5000 });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON');
  return database;
};

/** Does the work in one transaction, all of it or nothing. A transaction within one joins it. */
export const runInTransaction = <T>(database: DatabaseSync, work: () => T): T => {
  if (database.isTransaction) return work();
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
};
