import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { DatabaseSync } from 'node:sqlite';
import { runInTransaction } from '../base/database.ts';
import type { BodyFiles } from './body-files.ts';
import { checkWriteConditions } from './conditions.ts';
import { type ObjectRecords, openObjectRecords, type S3Object } from './object-records.ts';
import { noSuchBucket, noSuchKey, preconditionFailed } from './s3-error.ts';

/** A change to an object, as S3 tells the world of it. */
export interface S3Event {
  readonly id: string;
  readonly type: 'Object Created' | 'Object Deleted';
  readonly reason: 'PutObject' | 'CopyObject' | 'CompleteMultipartUpload' | 'DeleteObject';
  readonly bucket: string;
  readonly key: string;
  readonly size: number;
  readonly etag: string;
  /** Sixteen hex digits; a later change of any object has a greater one. */
  readonly sequencer: string;
  /** ISO 8601. */
  readonly time: string;
}

export type S3Listener = (event: S3Event) => void;

/** What the operations work on. */
export interface BucketStore {
  readonly objects: ObjectRecords;
  readonly bodies: BodyFiles;
  readonly now: () => Date;
  requireBucket(name: string): void;
  /** @throws {S3Error} */
  requireObject(bucket: string, key: string): S3Object;
  /** Puts an object in place under the conditions of `If-Match` and `If-None-Match`, and tells the listeners. */
  commit(
    object: Omit<S3Object, 'modified'>,
    change: { reason: S3Event['reason']; conditions: IncomingHttpHeaders; within?: () => void },
  ): S3Object;
  /** Removes an object if it is there, and tells the listeners. */
  remove(bucket: string, key: string, conditions: IncomingHttpHeaders): void;
}

/**
 * Listeners are called inside the change's transaction: what they write to the same database holds together with
 * the change or not at all. That is how no event is lost when the process is killed.
 */
export const createBucketStore = (
  database: DatabaseSync,
  { bodies, now, listeners }: { bodies: BodyFiles; now: () => Date; listeners: ReadonlySet<S3Listener> },
): BucketStore => {
  const objects = openObjectRecords(database);
  bodies.removeAllExcept(objects.listFiles());

  const notify = (object: S3Object, type: S3Event['type'], reason: S3Event['reason']): void => {
    const { bucket, key, size, etag } = object;
    const sequencer = objects.incrementSequence().toString(16).toUpperCase().padStart(16, '0');
    const event = {
      id: randomUUID(),
      type,
      reason,
      bucket,
      key,
      size,
      etag,
      sequencer,
      time: now().toISOString(),
    };
    for (const listener of listeners) listener(event);
  };
  const checkConditions = (conditions: IncomingHttpHeaders, current: S3Object | undefined): void => {
    const outcome = checkWriteConditions(conditions, current);
    if (outcome === 'nothing to match') throw noSuchKey();
    if (outcome === 'failed') throw preconditionFailed();
  };
  const requireBucket = (name: string): void => {
    if (!objects.hasBucket(name)) throw noSuchBucket();
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
      throw noSuchKey();
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
