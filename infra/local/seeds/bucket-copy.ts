import type { DatabaseSync } from 'node:sqlite';
import {
  DeleteObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { z } from 'zod';
import { createClientConfig } from '../base/aws-account.ts';
import { hashMd5 } from '../base/hash-md5.ts';

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
  close(): void;
}

interface BucketCopyProps {
  readonly bucket: string;
  readonly s3Endpoint: string;
  readonly database: DatabaseSync;
}

const hasStatus = (error: unknown, ...statuses: number[]): boolean =>
  error instanceof S3ServiceException && statuses.includes(error.$metadata.httpStatusCode ?? 0);

export const openBucketCopy = ({ bucket: Bucket, s3Endpoint, database }: BucketCopyProps): BucketCopy => {
  const state = openMirrorState(database);
  const client = new S3Client(createClientConfig(s3Endpoint));
  const fetchEtag = async (Key: string): Promise<string | undefined> => {
    try {
      const { ETag } = await client.send(new HeadObjectCommand({ Bucket, Key }));
      return ETag?.replaceAll('"', '');
    } catch (error) {
      if (hasStatus(error, 404)) return undefined;
      throw error;
    }
  };
  return {
    listKeys: state.listKeys,
    close: () => client.destroy(),
    upload: async (Key, bytes) => {
      const hash = hashMd5(bytes);
      const isThere = (await fetchEtag(Key)) === hash;
      if (!isThere) await client.send(new PutObjectCommand({ Bucket, Key, Body: bytes }));
      state.set(Key, hash);
      return isThere ? 'unchanged' : 'uploaded';
    },
    remove: async (Key) => {
      const hash = state.findMd5(Key);
      if (hash === undefined) return 'unchanged';
      let outcome: MirrorOutcome = 'removed';
      try {
        await client.send(new DeleteObjectCommand({ Bucket, Key, IfMatch: `"${hash}"` }));
      } catch (error) {
        // Already removed, or changed by another tool.
        if (!hasStatus(error, 404, 412)) throw error;
        outcome = 'unchanged';
      }
      state.remove(Key);
      return outcome;
    },
  };
};
