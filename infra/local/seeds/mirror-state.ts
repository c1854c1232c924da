import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

const mirroredRow = z.object({ key: z.string(), md5: z.string() });

/** Remembers what the folder put into the bucket, so that nothing else is ever taken out of it. */
export const openMirrorState = (database: DatabaseSync) => {
  database.exec('CREATE TABLE IF NOT EXISTS mirrored (key TEXT PRIMARY KEY, md5 TEXT NOT NULL) STRICT');
  const sql = {
    all: database.prepare('SELECT * FROM mirrored'),
    get: database.prepare('SELECT * FROM mirrored WHERE key = ?'),
    set: database.prepare('INSERT OR REPLACE INTO mirrored VALUES (?, ?)'),
    remove: database.prepare('DELETE FROM mirrored WHERE key = ?'),
  };
  return {
    listKeys: (): string[] => sql.all.all().map((each) => mirroredRow.parse(each).key),
    findMd5: (key: string): string | undefined => mirroredRow.optional().parse(sql.get.get(key))?.md5,
    set: (key: string, md5: string): void => {
      sql.set.run(key, md5);
    },
    remove: (key: string): void => {
      sql.remove.run(key);
    },
  };
};
