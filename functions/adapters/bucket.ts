import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { z } from 'zod';

/** Of UTF-8. */
export const maxObjectKeyBytes = 1024;

/** `modified` is ISO 8601 in UTC. */
export interface ObjectMetadata {
  readonly size: number;
  readonly modified: string;
  readonly etag: string;
}

export interface ObjectHeaders {
  readonly contentType: string;
  readonly cacheControl?: string;
  readonly contentDisposition?: string;
  /** User-defined metadata, in ASCII. */
  readonly metadata?: Record<string, string>;
}

/** An object as it was read: another one may have taken its place. */
export interface ObjectVersion {
  readonly bucket: string;
  readonly key: string;
  readonly etag: string;
}

/** One bucket. Failures other than "no such object" are thrown as the SDK's errors. */
export interface Bucket {
  readonly name: string;
  head(key: string): Promise<ObjectMetadata | undefined>;
  /** The object, without its bytes if it is larger than `maxBytes`; undefined where there is none. */
  get(key: string, maxBytes?: number): Promise<(ObjectMetadata & { readonly bytes?: Uint8Array }) | undefined>;
  /** Bytes of the object while it has this ETag; undefined where there is none, or another. */
  getRange(key: string, etag: string, range: { start: number; length: number }): Promise<Uint8Array | undefined>;
  /** Copies an object of another bucket within S3; false where that object is gone or has changed. */
  copy(from: ObjectVersion, key: string, headers: ObjectHeaders): Promise<boolean>;
  put(key: string, body: string | Uint8Array, headers: ObjectHeaders): Promise<void>;
  delete(key: string): Promise<void>;
  /** Keys that begin with a prefix, in order, in portions of up to 1,000. */
  listKeys(prefix: string): AsyncIterable<readonly string[]>;
}

export const createBucket = (s3: S3Client, name: string): Bucket => ({
  name,
  head: (key) =>
    catchNotFound(async () => toObjectMetadata(await s3.send(new HeadObjectCommand({ Bucket: name, Key: key })))),
  get: (key, maxBytes = Number.POSITIVE_INFINITY) =>
    catchNotFound(async () => {
      const got = await s3.send(new GetObjectCommand({ Bucket: name, Key: key }));
      const metadata = toObjectMetadata(got);
      if (metadata.size > maxBytes) {
        if (got.Body instanceof Readable) got.Body.on('error', () => undefined).destroy();
        return metadata;
      }
      return { ...metadata, bytes: (await got.Body?.transformToByteArray()) ?? new Uint8Array() };
    }),
  getRange: (key, etag, { start, length }) =>
    catchNotFound(async () => {
      const Range = `bytes=${start}-${start + length - 1}`;
      const got = await s3.send(new GetObjectCommand({ Bucket: name, Key: key, IfMatch: `"${etag}"`, Range }));
      return (await got.Body?.transformToByteArray()) ?? new Uint8Array();
    }),
  copy: async (from, key, { contentType, cacheControl, contentDisposition }) => {
    const copied = await catchNotFound(() =>
      s3.send(
        new CopyObjectCommand({
          Bucket: name,
          Key: key,
          CopySource: `${from.bucket}/${from.key.split('/').map(encodeURIComponent).join('/')}`,
          CopySourceIfMatch: `"${from.etag}"`,
          MetadataDirective: 'REPLACE',
          // Tags of the upload are not copied: that would take further permissions.
          TaggingDirective: 'REPLACE',
          ContentType: contentType,
          CacheControl: cacheControl,
          ContentDisposition: contentDisposition,
        }),
      ),
    );
    return copied !== undefined;
  },
  put: async (key, body, { contentType, cacheControl, metadata }) => {
    await s3.send(
      new PutObjectCommand({
        Bucket: name,
        Key: key,
        Body: body,
        ContentType: contentType,
        CacheControl: cacheControl,
        Metadata: metadata,
      }),
    );
  },
  delete: async (key) => {
    await s3.send(new DeleteObjectCommand({ Bucket: name, Key: key }));
  },
  async *listKeys(prefix) {
    const pages = paginateListObjectsV2({ client: s3 }, { Bucket: name, Prefix: prefix });
    for await (const { Contents = [] } of pages) yield Contents.flatMap(({ Key }) => Key ?? []);
  },
});

export const readJsonObject = async <T>(
  bucket: Pick<Bucket, 'get'>,
  key: string,
  schema: z.ZodType<T>,
): Promise<T | undefined> => {
  const object = await bucket.get(key);
  return object?.bytes && parseJsonObject(object.bytes, schema);
};

export const parseJsonObject = <T>(bytes: Uint8Array, schema: z.ZodType<T>): T =>
  schema.parse(JSON.parse(new TextDecoder().decode(bytes)));

interface ObjectResponse {
  readonly ContentLength?: number | undefined;
  readonly LastModified?: Date | undefined;
  readonly ETag?: string | undefined;
}

const toObjectMetadata = ({ ContentLength, LastModified, ETag }: ObjectResponse): ObjectMetadata => ({
  size: ContentLength ?? 0,
  modified: (LastModified ?? new Date(0)).toISOString(),
  etag: (ETag ?? '').replaceAll('"', ''),
});

/** S3 decrypts an object for those who may use its key. Who may not, or whose key is gone, is told so by KMS. */
export const isUndecryptable = (error: unknown): boolean =>
  error instanceof S3ServiceException &&
  (error.name.startsWith('KMS.') || (error.name === 'AccessDenied' && error.message.includes('kms:')));

/** Undefined where there is no such object, or not the one that was asked for. */
const catchNotFound = async <T>(request: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await request();
  } catch (error) {
    if (error instanceof NoSuchKey || error instanceof NotFound) return undefined;
    if (error instanceof S3ServiceException && error.name === 'PreconditionFailed') return undefined;
    throw error;
  }
};
