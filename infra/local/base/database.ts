import { DatabaseSync } from 'node:sqlite';

/**
 * Opens a SQLite database; `:memory:` keeps it off the disk. A killed process loses no committed change, since the
 * operating system has the write-ahead log by then.
 */
export const openDatabase = (file: string): DatabaseSync => {
  const database = new DatabaseSync(file, { timeout: 5000 });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON');
  return database;
};

/** Runs the work in a transaction; within another transaction it joins that. */
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
