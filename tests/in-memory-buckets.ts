import { hash } from 'node:crypto';
import type { Bucket } from '../functions/adapters/bucket.ts';

export interface InMemoryObject {
  readonly bytes: Uint8Array;
  readonly modified: string;
  readonly etag: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** What came of a write: S3 tells EventBridge the same. */
export interface InMemoryBucketEvent {
  readonly bucket: string;
  readonly key: string;
  readonly sequencer: string;
}

/**
 * Buckets in memory, for tests that need a thousand of them. The tests of them and of those on a server are the same.
 * @param observe wraps every request of the buckets that `bucket` gives, as a test wishes; `about` is the object's name
 */
export const createInMemoryBuckets = (
  observe: <T>(name: string, request: () => Promise<T>, about: readonly unknown[]) => Promise<T> = (_, request) =>
    request(),
) => {
  const objects = new Map<string, InMemoryObject>();
  const listeners: ((event: InMemoryBucketEvent) => void)[] = [];
  let writes = 0;
  const toObjectPath = (bucket: string, key: string): string => {
    if (Buffer.byteLength(key) > 1024) throw new Error(`a key of ${Buffer.byteLength(key)} bytes`);
    return `${bucket}/${key}`;
  };
  const notifyListeners = (bucket: string, key: string): void => {
    writes += 1;
    const sequencer = writes.toString(16).padStart(16, '0');
    for (const listener of listeners) listener({ bucket, key, sequencer });
  };
  const put = (
    bucket: string,
    key: string,
    body: string | Uint8Array,
    metadata: Readonly<Record<string, string>> = {},
  ): void => {
    // Of most objects nobody asks for bytes and ETag.
    let bytes = typeof body === 'string' ? undefined : Uint8Array.from(body);
    const getBytes = (): Uint8Array => {
      bytes ??= new TextEncoder().encode(String(body));
      return bytes;
    };
    let etag: string | undefined;
    objects.set(toObjectPath(bucket, key), {
      get bytes() {
        return getBytes();
      },
      get etag() {
        etag ??= hash('md5', bytes ?? body);
        return etag;
      },
      modified: new Date(1_793_000_000_000).toISOString(),
      metadata,
    });
    notifyListeners(bucket, key);
  };
  const remove = (bucket: string, key: string): void => {
    objects.delete(toObjectPath(bucket, key));
    notifyListeners(bucket, key);
  };
  const toObjectFacts = ({ bytes, modified, etag }: InMemoryObject) => ({
    size: bytes.length,
    modified,
    etag,
  });

  return {
    objects,
    put,
    remove,
    onEvent: (listener: (event: InMemoryBucketEvent) => void): void => {
      listeners.push(listener);
    },
    bucket: (name: string): Bucket => ({
      name,
      head: (key) =>
        observe('HeadObject', async () => {
          const found = objects.get(toObjectPath(name, key));
          return found && toObjectFacts(found);
        }, [`${name}/${key}`]),
      get: (key, maxBytes = Number.POSITIVE_INFINITY) =>
        observe('GetObject', async () => {
          const found = objects.get(toObjectPath(name, key));
          if (!found) return undefined;
          return found.bytes.length > maxBytes
            ? toObjectFacts(found)
            : { ...toObjectFacts(found), bytes: Uint8Array.from(found.bytes) };
        }, [`${name}/${key}`]),
      getRange: (key, etag, { start, length }) =>
        observe('GetObject', async () => {
          const found = objects.get(toObjectPath(name, key));
          return found?.etag === etag ? found.bytes.slice(start, start + length) : undefined;
        }, [`${name}/${key}`]),
      copy: (from, key) =>
        observe('CopyObject', async () => {
          const found = objects.get(toObjectPath(from.bucket, from.key));
          if (found?.etag !== from.etag) return false;
          put(name, key, found.bytes);
          return true;
        }, [`${name}/${key}`]),
      put: (key, body, { metadata }) =>
        observe('PutObject', async () => put(name, key, body, metadata), [`${name}/${key}`]),
      delete: (key) => observe('DeleteObject', async () => remove(name, key), [`${name}/${key}`]),
      async *listKeys(prefix) {
        yield await observe(
          'ListObjectsV2',
          async () =>
            [...objects.keys()].flatMap((path) =>
              path.startsWith(`${name}/${prefix}`) ? path.slice(name.length + 1) : [],
            ),
          [`${name}/${prefix}`],
        );
      },
    }),
  };
};
