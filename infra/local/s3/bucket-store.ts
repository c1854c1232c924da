import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { DatabaseSync } from 'node:sqlite';
import { runInTransaction } from '../base/database.ts';
import type { BodyFiles } from './body-files.ts';
import { checkWriteConditions } from './conditions.ts';
import { type ObjectRecords, openObjectRecords, type S3Object } from './object-records.ts';
import { createNoSuchBucketError, createNoSuchKeyError, createPreconditionFailedError } from './s3-error.ts';

export interface S3Event {
  readonly id: string;
  readonly type: 'Object Created' | 'Object Deleted';
  readonly reason: 'PutObject' | 'CopyObject' | 'CompleteMultipartUpload' | 'DeleteObject';
  readonly bucket: string;
  readonly key: string;
  readonly size: number;
  readonly etag: string;
  /** Sixteen hex digits, greater than those of all earlier changes. */
  readonly sequencer: string;
  readonly time: string;
}

export type S3Listener = (event: S3Event) => void;

export interface BucketStore {
  readonly objects: ObjectRecords;
  readonly bodies: BodyFiles;
  readonly now: () => Date;
  requireBucket(name: string): void;
  requireObject(bucket: string, key: string): S3Object;
  /** Puts an object in place if `If-Match` and `If-None-Match` allow it, and notifies the listeners. */
  commit(
    object: Omit<S3Object, 'modified'>,
    change: { reason: S3Event['reason']; conditions: IncomingHttpHeaders; within?: () => void },
  ): S3Object;
  remove(bucket: string, key: string, conditions: IncomingHttpHeaders): void;
}

/**
 * Listeners are called inside the transaction of the change: what they write to the same database is committed with it.
 * So no event is lost when the process is killed.
 */
export const createBucketStore = (
  database: DatabaseSync,
  { bodies, now, onChange }: { bodies: BodyFiles; now: () => Date; onChange: S3Listener },
): BucketStore => {
  const objects = openObjectRecords(database);
  bodies.removeAllExcept(objects.listFiles());

  const notify = (object: S3Object, type: S3Event['type'], reason: S3Event['reason']): void => {
    const { bucket, key, size, etag } = object;
    const sequencer = objects.incrementSequence().toString(16).toUpperCase().padStart(16, '0');
    onChange({ id: randomUUID(), type, reason, bucket, key, size, etag, sequencer, time: now().toISOString() });
  };
  const checkConditions = (conditions: IncomingHttpHeaders, current: S3Object | undefined): void => {
    const outcome = checkWriteConditions(conditions, current);
    if (outcome === 'missing') throw createNoSuchKeyError();
    if (outcome === 'failed') throw createPreconditionFailedError();
  };
  const requireBucket = (name: string): void => {
    if (!objects.hasBucket(name)) throw createNoSuchBucketError();
  };

  return {
    objects,
    bodies,
    now,
    requireBucket,
    requireObject: (bucket, key) => {
      const object = objects.findObject(bucket, key);
      if (object) return object;
      requireBucket(bucket);
      throw createNoSuchKeyError();
    },
    commit: (stored, { reason, conditions, within }) => {
      const object = { ...stored, modified: now().getTime() };
      let replaced: S3Object | undefined;
      try {
        runInTransaction(database, () => {
          requireBucket(object.bucket);
          replaced = objects.findObject(object.bucket, object.key);
          checkConditions(conditions, replaced);
          within?.();
          objects.putObject(object);
          notify(object, 'Object Created', reason);
        });
      } catch (error) {
        bodies.remove([object.file]);
        throw error;
      }
      if (replaced) bodies.remove([replaced.file]);
      return object;
    },
    remove: (bucket, key, conditions) => {
      requireBucket(bucket);
      const removed = runInTransaction(database, () => {
        const current = objects.findObject(bucket, key);
        checkConditions(conditions, current);
        if (!current) return undefined;
        objects.removeObject(bucket, key);
        notify(current, 'Object Deleted', 'DeleteObject');
        return current;
      });
      if (removed) bodies.remove([removed.file]);
    },
  };
};
