import type { BucketStore } from './bucket-store.ts';
import type { S3Object } from './object-records.ts';
import { invalidArgument } from './s3-error.ts';
import type { S3Request, S3Response } from './s3-request.ts';
import { buildXmlDocument } from './xml.ts';

interface ObjectPage {
  readonly contents: readonly S3Object[];
  readonly commonPrefixes: readonly string[];
  readonly isTruncated: boolean;
  /** The last key or common prefix of this page. */
  readonly last: string;
}

interface ListOptions {
  readonly prefix: string;
  readonly delimiter: string;
  readonly maxKeys: number;
  readonly encode: (text: string) => string;
}

/** Up to the first delimiter after the prefix, or undefined. */
const findCommonPrefix = (key: string, { prefix, delimiter }: ListOptions): string | undefined => {
  if (delimiter === '') return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
};

const listPage = (store: BucketStore, bucket: string, asked: ListOptions & { after: string }): ObjectPage => {
  const contents: S3Object[] = [];
  const commonPrefixes: string[] = [];
  let last = asked.after;
  const page = (isTruncated: boolean) => ({ contents, commonPrefixes, isTruncated, last });
  if (asked.maxKeys === 0) return page(false);
  for (const object of store.objects.listObjects(bucket, asked.prefix, asked.after)) {
    const group = findCommonPrefix(object.key, asked);
    if (group !== undefined && group === last) continue;
    if (contents.length + commonPrefixes.length === asked.maxKeys) return page(true);
    if (group === undefined) contents.push(object);
    else commonPrefixes.push(group);
    last = group ?? object.key;
  }
  return page(false);
};

const parseListOptions = ({ query }: S3Request): ListOptions => {
  const encoding = query.get('encoding-type');
  if (encoding !== null && encoding !== 'url') throw invalidArgument('The encoding type must be "url".');
  const maxKeys = Number(query.get('max-keys') ?? 1000);
  if (!Number.isInteger(maxKeys) || maxKeys < 0) throw invalidArgument('max-keys must be a whole number.');
  return {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    maxKeys: Math.min(maxKeys, 1000),
    encode: encoding ? (text) => encodeURIComponent(text).replaceAll('%2F', '/') : (text) => text,
  };
};

const toListResult = (bucket: string, asked: ListOptions, page: ObjectPage) => ({
  Name: bucket,
  Prefix: asked.encode(asked.prefix),
  Delimiter: asked.delimiter === '' ? undefined : asked.encode(asked.delimiter),
  MaxKeys: asked.maxKeys,
  EncodingType: asked.encode(' ') === ' ' ? undefined : 'url',
  IsTruncated: page.isTruncated,
  Contents: page.contents.map(({ key, modified, etag, size }) => ({
    Key: asked.encode(key),
    LastModified: new Date(modified).toISOString(),
    ETag: `"${etag}"`,
    Size: size,
    StorageClass: 'STANDARD',
  })),
  CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: asked.encode(prefix) })),
});

/** ListObjects, the first version, whose pages go on after a key. */
export const handleListObjects = (store: BucketStore, request: S3Request): S3Response => {
  store.requireBucket(request.bucket);
  const asked = parseListOptions(request);
  const marker = request.query.get('marker') ?? '';
  const page = listPage(store, request.bucket, { ...asked, after: marker });
  const body = buildXmlDocument('ListBucketResult', {
    ...toListResult(request.bucket, asked, page),
    Marker: asked.encode(marker),
    NextMarker: page.isTruncated ? asked.encode(page.last) : undefined,
  });
  return { status: 200, body };
};

/** ListObjectsV2, whose pages go on by a token. */
export const handleListObjectsV2 = (store: BucketStore, request: S3Request): S3Response => {
  store.requireBucket(request.bucket);
  const asked = parseListOptions(request);
  const token = request.query.get('continuation-token');
  const startAfter = request.query.get('start-after');
  const after = token === null ? (startAfter ?? '') : Buffer.from(token, 'base64url').toString();
  const page = listPage(store, request.bucket, { ...asked, after });
  const body = buildXmlDocument('ListBucketResult', {
    ...toListResult(request.bucket, asked, page),
    KeyCount: page.contents.length + page.commonPrefixes.length,
    StartAfter: startAfter === null ? undefined : asked.encode(startAfter),
    ContinuationToken: token ?? undefined,
    NextContinuationToken: page.isTruncated ? Buffer.from(page.last).toString('base64url') : undefined,
  });
  return { status: 200, body };
};
