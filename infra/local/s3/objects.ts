import { z } from 'zod';
import { ServiceError } from '../base/service-error.ts';
import { AccessDeniedError } from '../iam/create-access-control.ts';
import type { BucketStore } from './bucket-store.ts';
import { checkReadConditions } from './conditions.ts';
import { buildObjectHeaders, overridableHeaders, selectStoredHeaders } from './object-headers.ts';
import type { S3Object } from './object-records.ts';
import { parseRange } from './range.ts';
import { receiveBody } from './receive-body.ts';
import { createPreconditionFailedError } from './s3-error.ts';
import {
  checkKeyLength,
  findHeader,
  formatBucketArn,
  formatObjectArn,
  type S3Request,
  type S3Response,
} from './s3-request.ts';
import { buildXmlDocument, readXmlBody } from './xml.ts';

export const handlePutObject = async (store: BucketStore, request: S3Request): Promise<S3Response> => {
  const { bucket, key, headers } = request;
  store.requireBucket(bucket);
  const stored = selectStoredHeaders(headers);
  const { file, size, md5, checksum } = await receiveBody(store, request);
  store.commit(
    { bucket, key, file, size, etag: md5, headers: { ...stored, ...checksum } },
    { reason: 'PutObject', conditions: headers },
  );
  return { status: 200, headers: { etag: `"${md5}"`, ...checksum } };
};

/**
 * S3 tells only those who may list the bucket that an object is missing.
 * @throws {ServiceError | AccessDeniedError}
 */
const requireReadableObject = (store: BucketStore, { access, bucket, key }: S3Request): S3Object => {
  if (!store.objects.findObject(bucket, key)) access.require('s3:ListBucket', formatBucketArn(bucket));
  return store.requireObject(bucket, key);
};

export const handleGetObject = (store: BucketStore, request: S3Request): S3Response => {
  const object = requireReadableObject(store, request);
  const range = parseRange(findHeader(request.headers, 'range'), object.size);
  const withChecksum =
    range === undefined && findHeader(request.headers, 'x-amz-checksum-mode')?.toUpperCase() === 'ENABLED';
  const headers: Record<string, string | number> = buildObjectHeaders(object, { withChecksum });
  for (const name of overridableHeaders) {
    const value = request.query.get(`response-${name}`);
    if (value !== null) headers[name] = value;
  }

  const conditions = checkReadConditions(request.headers, object);
  if (conditions === 'failed') throw createPreconditionFailedError();
  if (conditions === 'not modified') return { status: 304, headers };
  if (range === 'unsatisfiable') throw new ServiceError(416, 'InvalidRange', 'The range is not satisfiable.');

  headers['content-length'] = range ? range.end - range.start + 1 : object.size;
  if (range) headers['content-range'] = `bytes ${range.start}-${range.end}/${object.size}`;
  const status = range ? 206 : 200;
  if (request.method === 'HEAD') return { status, headers };
  return { status, headers, body: store.bodies.read(object.file, range) };
};

/** Succeeds for an object that does not exist. */
export const handleDeleteObject = (store: BucketStore, request: S3Request): S3Response => {
  const { 'if-match': ifMatch } = request.headers;
  store.remove(request.bucket, request.key, ifMatch === undefined ? {} : { 'if-match': ifMatch });
  return { status: 204 };
};

const objectSchema = z.object({ Key: z.string().min(1), ETag: z.string().optional() });
const deletionSchema = z.object({
  Delete: z.object({ Object: z.union([objectSchema, z.array(objectSchema).max(1000)]), Quiet: z.string().optional() }),
});

export const handleDeleteObjects = async (
  store: BucketStore,
  { bucket, body, access }: S3Request,
): Promise<S3Response> => {
  store.requireBucket(bucket);
  const { Delete } = await readXmlBody(body, deletionSchema);
  const deleted: { Key: string }[] = [];
  const errors: { Key: string; Code: string; Message: string }[] = [];
  for (const { Key, ETag } of [Delete.Object].flat()) {
    try {
      checkKeyLength(Key);
      access.require('s3:DeleteObject', formatObjectArn(bucket, Key));
      store.remove(bucket, Key, ETag === undefined ? {} : { 'if-match': ETag });
      deleted.push({ Key });
    } catch (error) {
      if (!(error instanceof ServiceError || error instanceof AccessDeniedError)) throw error;
      const Code = error instanceof ServiceError ? error.code : 'AccessDenied';
      errors.push({ Key, Code, Message: error.message });
    }
  }
  const isQuiet = Delete.Quiet?.trim() === 'true';
  return { status: 200, body: buildXmlDocument('DeleteResult', { Deleted: isQuiet ? [] : deleted, Error: errors }) };
};
