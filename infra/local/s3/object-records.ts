import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

export interface S3Object {
  readonly bucket: string;
  readonly key: string;
  readonly file: string;
  readonly size: number;
  readonly etag: string;
  readonly modified: number;
  readonly headers: Readonly<Record<string, string>>;
}

export interface MultipartPart {
  readonly number: number;
  readonly file: string;
  readonly size: number;
  readonly md5: string;
}

export interface MultipartUpload {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
}

const headers = z.string().transform((json) => z.record(z.string(), z.string()).parse(JSON.parse(json)));
const objectRow = z.object({
  bucket: z.string(),
  key: z.string(),
  file: z.string(),
  size: z.number(),
  etag: z.string(),
  modified: z.number(),
  headers,
});
const partRow = z.object({ number: z.number(), file: z.string(), size: z.number(), md5: z.string() });
const uploadRow = z.object({ id: z.string(), bucket: z.string(), key: z.string(), headers });
const bucketRow = z.object({ name: z.string(), created: z.number() });
const fileRow = z.object({ file: z.string() });

// SQLite compares TEXT by its UTF-8 bytes, which is the order of keys in S3.
const schema = `
  CREATE TABLE IF NOT EXISTS buckets (name TEXT PRIMARY KEY, created INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS objects (
    bucket TEXT NOT NULL REFERENCES buckets, key TEXT NOT NULL, file TEXT NOT NULL, size INTEGER NOT NULL,
    etag TEXT NOT NULL, modified INTEGER NOT NULL, headers TEXT NOT NULL, PRIMARY KEY (bucket, key)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS uploads (
    id TEXT PRIMARY KEY, bucket TEXT NOT NULL REFERENCES buckets, key TEXT NOT NULL, headers TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS parts (
    upload TEXT NOT NULL REFERENCES uploads ON DELETE CASCADE, number INTEGER NOT NULL,
    file TEXT NOT NULL, size INTEGER NOT NULL, md5 TEXT NOT NULL, PRIMARY KEY (upload, number)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS changes (sequence INTEGER PRIMARY KEY AUTOINCREMENT) STRICT;
`;

/**
 * The records of buckets, objects and multipart uploads. Every call is one statement; callers open the transactions.
 */
export const openObjectRecords = (database: DatabaseSync) => {
  database.exec(schema);
  const sql = {
    addBucket: database.prepare('INSERT OR IGNORE INTO buckets VALUES (?, ?)'),
    buckets: database.prepare('SELECT * FROM buckets ORDER BY name'),
    bucket: database.prepare('SELECT * FROM buckets WHERE name = ?'),
    object: database.prepare('SELECT * FROM objects WHERE bucket = ? AND key = ?'),
    after: database.prepare('SELECT * FROM objects WHERE bucket = ? AND key > ? AND key >= ? ORDER BY key'),
    put: database.prepare('INSERT OR REPLACE INTO objects VALUES (?, ?, ?, ?, ?, ?, ?)'),
    remove: database.prepare('DELETE FROM objects WHERE bucket = ? AND key = ?'),
    addUpload: database.prepare('INSERT INTO uploads VALUES (?, ?, ?, ?)'),
    upload: database.prepare('SELECT * FROM uploads WHERE id = ? AND bucket = ? AND key = ?'),
    removeUpload: database.prepare('DELETE FROM uploads WHERE id = ?'),
    putPart: database.prepare('INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?, ?)'),
    parts: database.prepare('SELECT number, file, size, md5 FROM parts WHERE upload = ? ORDER BY number'),
    files: database.prepare('SELECT file FROM objects UNION ALL SELECT file FROM parts'),
    forgetChanges: database.prepare('DELETE FROM changes'),
    change: database.prepare('INSERT INTO changes DEFAULT VALUES'),
  };
  return {
    addBucket: (name: string, created: number): void => {
      sql.addBucket.run(name, created);
    },
    listBuckets: () => sql.buckets.all().map((row) => bucketRow.parse(row)),
    hasBucket: (name: string): boolean => sql.bucket.get(name) !== undefined,
    findObject: (bucket: string, key: string): S3Object | undefined =>
      objectRow.optional().parse(sql.object.get(bucket, key)),
    /** Objects whose key is greater than `after` and starts with `prefix`, in the order of their keys. */
    *listObjects(bucket: string, prefix: string, after: string): Generator<S3Object> {
      // No key is empty, so every key is greater than an empty `after`.
      for (const row of sql.after.iterate(bucket, after, prefix)) {
        const object = objectRow.parse(row);
        if (!object.key.startsWith(prefix)) return;
        yield object;
      }
    },
    putObject: (object: S3Object): void => {
      const { bucket, key, file, size, etag, modified } = object;
      sql.put.run(bucket, key, file, size, etag, modified, JSON.stringify(object.headers));
    },
    removeObject: (bucket: string, key: string): void => {
      sql.remove.run(bucket, key);
    },
    addUpload: (upload: MultipartUpload): void => {
      sql.addUpload.run(upload.id, upload.bucket, upload.key, JSON.stringify(upload.headers));
    },
    findUpload: (id: string, bucket: string, key: string): MultipartUpload | undefined =>
      uploadRow.optional().parse(sql.upload.get(id, bucket, key)),
    removeUpload: (id: string): void => {
      sql.removeUpload.run(id);
    },
    putPart: (upload: string, { number, file, size, md5 }: MultipartPart): void => {
      sql.putPart.run(upload, number, file, size, md5);
    },
    listParts: (upload: string): MultipartPart[] => sql.parts.all(upload).map((row) => partRow.parse(row)),
    listFiles: (): Set<string> => new Set(sql.files.all().map((row) => fileRow.parse(row).file)),
    /**
     * A number greater than all before, also after a restart: SQLite keeps the last one although the row is deleted.
     */
    incrementSequence: (): number => {
      sql.forgetChanges.run();
      return Number(sql.change.run().lastInsertRowid);
    },
  };
};

export type ObjectRecords = ReturnType<typeof openObjectRecords>;
