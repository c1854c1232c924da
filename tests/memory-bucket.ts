import { createHash } from 'node:crypto';
import type { Bucket } from '../functions/adapters/bucket.ts';

export interface MemoryObject {
  readonly bytes: Uint8Array;
  readonly modified: string;
  readonly etag: string;
}

/** What came of a write: S3 tells EventBridge the same. */
export interface MemoryEvent {
  readonly bucket: string;
  readonly key: string;
  readonly sequencer: string;
}

/**
 * Buckets in memory, for tests that need a thousand of them. The tests of them and of those on a server are the same.
 * @param observe wraps every request of the buckets that `bucket` gives, as a test wishes
 */
export const createMemoryBuckets = (
  observe: <T>(name: string, request: () => Promise<T>) => Promise<T> = (_, request) => request(),
) => {
  const objects = new Map<string, MemoryObject>();
  const listeners: ((event: MemoryEvent) => void)[] = [];
  let writes = 0;
  const nameOf = (bucket: string, key: string): string => `${bucket}/${key}`;
  const told = (bucket: string, key: string): void => {
    writes += 1;
    const sequencer = writes.toString(16).padStart(16, '0');
    for (const listener of listeners) listener({ bucket, key, sequencer });
  };
  const put = (bucket: string, key: string, body: string | Uint8Array): void => {
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : Uint8Array.from(body);
    const etag = createHash('md5').update(bytes).digest('hex');
    objects.set(nameOf(bucket, key), { bytes, etag, modified: new Date(1_793_000_000_000).toISOString() });
    told(bucket, key);
  };
  const remove = (bucket: string, key: string): void => {
    objects.delete(nameOf(bucket, key));
    told(bucket, key);
  };
  const factsOf = ({ bytes, modified, etag }: MemoryObject) => ({ size: bytes.length, modified, etag });

  return {
    objects,
    put,
    remove,
    onEvent: (listener: (event: MemoryEvent) => void): void => {
      listeners.push(listener);
    },
    bucket: (name: string): Bucket => ({
      name,
      head: (key) =>
        observe('HeadObject', async () => {
          const found = objects.get(nameOf(name, key));
          return found && factsOf(found);
        }),
      get: (key, most = Number.POSITIVE_INFINITY) =>
        observe('GetObject', async () => {
          const found = objects.get(nameOf(name, key));
          if (!found) return undefined;
          return found.bytes.length > most
            ? factsOf(found)
            : { ...factsOf(found), bytes: Uint8Array.from(found.bytes) };
        }),
      put: (key, body) => observe('PutObject', async () => put(name, key, body)),
      delete: (key) => observe('DeleteObject', async () => remove(name, key)),
      copy: (from, key) =>
        observe('CopyObject', async () => {
          const found = objects.get(nameOf(from.bucket, from.key));
          if (found) put(name, key, found.bytes);
          return found !== undefined;
        }),
    }),
  };
};
