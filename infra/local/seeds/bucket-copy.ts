import type { DatabaseSync } from 'node:sqlite';
import {
  DeleteObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { openMirrorState } from './mirror-state.ts';
import { md5 } from './seed-files.ts';

export type Outcome = 'uploaded' | 'removed' | 'unchanged';

/** The folder's files in the bucket. */
export interface BucketCopy {
  /** Keys that the folder put there. */
  keys(): string[];
  upload(key: string, bytes: Buffer): Promise<Outcome>;
  /** Takes out what the folder put there, unless another tool has changed it since. */
  remove(key: string): Promise<Outcome>;
  close(): void;
}

interface CopyProps {
  readonly bucket: string;
  readonly s3Endpoint: string;
  readonly database: DatabaseSync;
}

const isStatus = (error: unknown, ...statuses: number[]): boolean =>
  error instanceof S3ServiceException && statuses.includes(error.$metadata.httpStatusCode ?? 0);

/** Opens the copy; what it holds is remembered in the database. */
export const openBucketCopy = ({ bucket: Bucket, s3Endpoint, database }: CopyProps): BucketCopy => {
  const state = openMirrorState(database);
  const client = new S3Client({
    endpoint: s3Endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const etagOf = async (Key: string): Promise<string | undefined> => {
    try {
      const { ETag } = await client.send(new HeadObjectCommand({ Bucket, Key }));
      return ETag?.replaceAll('"', '');
    } catch (error) {
      if (isStatus(error, 404)) return undefined;
      throw error;
    }
  };
  return {
    keys: state.keys,
    close: () => client.destroy(),
    upload: async (Key, bytes) => {
      const hash = md5(bytes);
      const isThere = (await etagOf(Key)) === hash;
      if (!isThere) await client.send(new PutObjectCommand({ Bucket, Key, Body: bytes }));
      state.remember(Key, hash);
      return isThere ? 'unchanged' : 'uploaded';
    },
    remove: async (Key) => {
      const hash = state.md5(Key);
      if (hash === undefined) return 'unchanged';
      let outcome: Outcome = 'removed';
      try {
        await client.send(new DeleteObjectCommand({ Bucket, Key, IfMatch: `"${hash}"` }));
      } catch (error) {
        // Gone already, or another tool has put something else there, which stays.
        if (!isStatus(error, 404, 412)) throw error;
        outcome = 'unchanged';
      }
      state.forget(Key);
      return outcome;
    },
  };
};
