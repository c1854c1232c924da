import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';

/** What S3 knows of an object besides its bytes. `modified` is ISO 8601 in UTC. */
export interface ObjectFacts {
  readonly size: number;
  readonly modified: string;
  readonly etag: string;
}

export interface Headers {
  readonly contentType: string;
  readonly cacheControl?: string;
}

/** One bucket. A failure other than "no such object" is thrown as the SDK's error. */
export interface Bucket {
  readonly name: string;
  /** The facts of an object, or undefined where there is none. */
  head(key: string): Promise<ObjectFacts | undefined>;
  /** The object, or undefined where there is none. Of one larger than `most` bytes the facts come without the bytes. */
  get(key: string, most?: number): Promise<(ObjectFacts & { readonly bytes?: Uint8Array }) | undefined>;
  put(key: string, body: string | Uint8Array, headers: Headers): Promise<void>;
  delete(key: string): Promise<void>;
  /** Copies an object of another bucket here; false where it is not there any more. */
  copy(
    from: { readonly bucket: string; readonly key: string },
    key: string,
    headers: Headers,
  ): Promise<boolean>;
}

export const createBucket = (s3: S3Client, name: string): Bucket => ({
  name,
  head: (key) =>
    orUndefined(async () => factsOf(await s3.send(new HeadObjectCommand({ Bucket: name, Key: key })))),
  get: (key, most = Number.POSITIVE_INFINITY) =>
    orUndefined(async () => {
      const got = await s3.send(new GetObjectCommand({ Bucket: name, Key: key }));
      const facts = factsOf(got);
      if (facts.size > most) {
        if (got.Body instanceof Readable) got.Body.on('error', () => undefined).destroy();
        return facts;
      }
      return { ...facts, bytes: (await got.Body?.transformToByteArray()) ?? new Uint8Array() };
    }),
  put: async (key, body, { contentType, cacheControl }) => {
    await s3.send(
      new PutObjectCommand({
        Bucket: name,
        Key: key,
        Body: body,
        ContentType: contentType,
        CacheControl: cacheControl,
      }),
    );
  },
  delete: async (key) => {
    await s3.send(new DeleteObjectCommand({ Bucket: name, Key: key }));
  },
  copy: async (from, key, { contentType, cacheControl }) => {
    const copied = await orUndefined(() =>
      s3.send(
        new CopyObjectCommand({
          Bucket: name,
          Key: key,
          CopySource: `${from.bucket}/${from.key.split('/').map(encodeURIComponent).join('/')}`,
          MetadataDirective: 'REPLACE',
          // A tagged image would else ask for the right to read its tags.
          TaggingDirective: 'REPLACE',
          ContentType: contentType,
          CacheControl: cacheControl,
        }),
      ),
    );
    return copied !== undefined;
  },
});

interface Answer {
  readonly ContentLength?: number | undefined;
  readonly LastModified?: Date | undefined;
  readonly ETag?: string | undefined;
}

const factsOf = ({ ContentLength, LastModified, ETag }: Answer): ObjectFacts => ({
  size: ContentLength ?? 0,
  modified: (LastModified ?? new Date(0)).toISOString(),
  etag: (ETag ?? '').replaceAll('"', ''),
});

const orUndefined = async <T>(ask: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof NoSuchKey || error instanceof NotFound) return undefined;
    throw error;
  }
};
