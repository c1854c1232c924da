import type { BucketStore } from './bucket-store.ts';
import type { S3Object } from './object-records.ts';
import { createInvalidArgumentError } from './s3-error.ts';
import type { S3Request, S3Response } from './s3-request.ts';
import { buildXmlDocument } from './xml.ts';

interface ObjectPage {
  readonly contents: readonly S3Object[];
  readonly commonPrefixes: readonly string[];
  readonly isTruncated: boolean;
  readonly last: string;
}

interface ListOptions {
  readonly prefix: string;
  readonly delimiter: string;
  readonly maxKeys: number;
  readonly encode: (text: string) => string;
}

const findCommonPrefix = (key: string, { prefix, delimiter }: ListOptions): string | undefined => {
  if (delimiter === '') return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
};

const listPage = (store: BucketStore, bucket: string, options: ListOptions & { after: string }): ObjectPage => {
  const contents: S3Object[] = [];
  const commonPrefixes: string[] = [];
  let last = options.after;
  const page = (isTruncated: boolean) => ({ contents, commonPrefixes, isTruncated, last });
  if (options.maxKeys === 0) return page(false);
  for (const object of store.objects.listObjects(bucket, options.prefix, options.after)) {
    const group = findCommonPrefix(object.key, options);
    if (group !== undefined && group === last) continue;
    if (contents.length + commonPrefixes.length === options.maxKeys) return page(true);
    if (group === undefined) contents.push(object);
    else commonPrefixes.push(group);
    last = group ?? object.key;
  }
  return page(false);
};

const parseListOptions = ({ query }: S3Request): ListOptions => {
  const encoding = query.get('encoding-type');
  if (encoding !== null && encoding !== 'url') throw createInvalidArgumentError('The encoding type must be "url".');
  const maxKeys = Number(query.get('max-keys') ?? 1000);
  if (!Number.isInteger(maxKeys) || maxKeys < 0) throw createInvalidArgumentError('max-keys must be a whole number.');
  return {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    maxKeys: Math.min(maxKeys, 1000),
    encode: encoding ? (text) => encodeURIComponent(text).replaceAll('%2F', '/') : (text) => text,
  };
};

const toListResult = (bucket: string, options: ListOptions, page: ObjectPage) => ({
  Name: bucket,
  Prefix: options.encode(options.prefix),
  Delimiter: options.delimiter === '' ? undefined : options.encode(options.delimiter),
  MaxKeys: options.maxKeys,
  EncodingType: options.encode(' ') === ' ' ? undefined : 'url',
  IsTruncated: page.isTruncated,
  Contents: page.contents.map(({ key, modified, etag, size }) => ({
    Key: options.encode(key),
    LastModified: new Date(modified).toISOString(),
    ETag: `"${etag}"`,
    Size: size,
    StorageClass: 'STANDARD',
  })),
  CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: options.encode(prefix) })),
});

export const handleListObjects = (store: BucketStore, request: S3Request): S3Response => {
  store.requireBucket(request.bucket);
  const options = parseListOptions(request);
  const marker = request.query.get('marker') ?? '';
  const page = listPage(store, request.bucket, { ...options, after: marker });
  const body = buildXmlDocument('ListBucketResult', {
    ...toListResult(request.bucket, options, page),
    Marker: options.encode(marker),
    NextMarker: page.isTruncated ? options.encode(page.last) : undefined,
  });
  return { status: 200, body };
};

export const handleListObjectsV2 = (store: BucketStore, request: S3Request): S3Response => {
  store.requireBucket(request.bucket);
  const options = parseListOptions(request);
  const token = request.query.get('continuation-token');
  const startAfter = request.query.get('start-after');
  const after = token === null ? (startAfter ?? '') : Buffer.from(token, 'base64url').toString();
  const page = listPage(store, request.bucket, { ...options, after });
  const body = buildXmlDocument('ListBucketResult', {
    ...toListResult(request.bucket, options, page),
    KeyCount: page.contents.length + page.commonPrefixes.length,
    StartAfter: startAfter === null ? undefined : options.encode(startAfter),
    ContinuationToken: token ?? undefined,
    NextContinuationToken: page.isTruncated ? Buffer.from(page.last).toString('base64url') : undefined,
  });
  return { status: 200, body };
};
