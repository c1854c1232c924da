import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { hashMd5 } from '../base/hash-md5.ts';
import { ServiceError } from '../base/service-error.ts';
import type { RunningS3 } from '../s3/start-s3.ts';

const mirroredRow = z.object({ key: z.string(), md5: z.string() });

/** The objects that the mirror uploaded: it removes no others. */
const openMirrorState = (database: DatabaseSync) => {
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

export type MirrorOutcome = 'uploaded' | 'removed' | 'unchanged';

export interface BucketCopy {
  listKeys(): string[];
  upload(key: string, bytes: Buffer): Promise<MirrorOutcome>;
  /** Removes an object that the mirror uploaded, unless another tool has changed it since. */
  remove(key: string): Promise<MirrorOutcome>;
}

interface BucketCopyProps {
  readonly bucket: string;
  readonly s3: Pick<RunningS3, 'send'>;
  readonly database: DatabaseSync;
}

const hasStatus = (error: unknown, ...statuses: number[]): boolean =>
  error instanceof ServiceError && statuses.includes(error.status);

export const openBucketCopy = ({ bucket, s3, database }: BucketCopyProps): BucketCopy => {
  const state = openMirrorState(database);
  const fetchEtag = async (key: string): Promise<string | undefined> => {
    try {
      const { headers } = await s3.send({ method: 'HEAD', bucket, key });
      return String(headers?.etag).replaceAll('"', '');
    } catch (error) {
      if (hasStatus(error, 404)) return undefined;
      throw error;
    }
  };
  return {
    listKeys: state.listKeys,
    upload: async (key, bytes) => {
      const hash = hashMd5(bytes);
      const isThere = (await fetchEtag(key)) === hash;
      if (!isThere) await s3.send({ method: 'PUT', bucket, key, bytes });
      state.set(key, hash);
      return isThere ? 'unchanged' : 'uploaded';
    },
    remove: async (key) => {
      const hash = state.findMd5(key);
      if (hash === undefined) return 'unchanged';
      let outcome: MirrorOutcome = 'removed';
      try {
        await s3.send({ method: 'DELETE', bucket, key, headers: { 'if-match': `"${hash}"` } });
      } catch (error) {
        // Already removed, or changed by another tool.
        if (!hasStatus(error, 404, 412)) throw error;
        outcome = 'unchanged';
      }
      state.remove(key);
      return outcome;
    },
  };
};
