import type { BucketStore } from './bucket-store.ts';
import { checkReadConditions } from './conditions.ts';
import { selectStoredHeaders } from './object-headers.ts';
import type { S3Object } from './object-records.ts';
import {
  createInvalidArgumentError,
  createNoSuchKeyError,
  createNotImplementedError,
  createPreconditionFailedError,
} from './s3-error.ts';
import {
  decodeUri,
  findHeader,
  formatObjectArn,
  type S3Request,
  type S3Response,
  splitBucketAndKey,
} from './s3-request.ts';
import { buildXmlDocument } from './xml.ts';

/** The object that `x-amz-copy-source` names. @throws {ServiceError} when it does not exist or fails the conditions */
export const findCopySource = (store: BucketStore, { headers, access }: S3Request): S3Object => {
  const path = findHeader(headers, 'x-amz-copy-source') ?? '';
  if (path.includes('?')) throw createNotImplementedError('versions');
  const { bucket, key } = splitBucketAndKey(decodeUri(path).replace(/^\//, ''));
  if (key === '') throw createNoSuchKeyError();
  access.require('s3:GetObject', formatObjectArn(bucket, key));
  const source = store.requireObject(bucket, key);
  if (checkReadConditions(headers, source, 'x-amz-copy-source-') !== 'passed') throw createPreconditionFailedError();
  return source;
};

/** Headers come from the source or, with `x-amz-metadata-directive: REPLACE`, from the request. */
export const handleCopyObject = async (store: BucketStore, request: S3Request): Promise<S3Response> => {
  const { bucket, key, headers } = request;
  store.requireBucket(bucket);
  const source = findCopySource(store, request);
  const isReplacing = findHeader(headers, 'x-amz-metadata-directive') === 'REPLACE';
  if (source.bucket === bucket && source.key === key && !isReplacing)
    throw createInvalidArgumentError('An object copied to itself must have its metadata replaced.');
  const stored = isReplacing ? selectStoredHeaders(headers) : source.headers;
  const { file, size, md5 } = await store.bodies.write(store.bodies.read(source.file));
  const copy = store.commit(
    {
      bucket,
      key,
      file,
      size,
      etag: md5,
      headers: stored,
    },
    { reason: 'CopyObject', conditions: headers },
  );
  const result = { LastModified: new Date(copy.modified).toISOString(), ETag: `"${copy.etag}"` };
  return { status: 200, body: buildXmlDocument('CopyObjectResult', result) };
};
