import type { BucketStore } from './bucket-store.ts';
import {
  handleCreateBucket,
  handleGetBucketLocation,
  handleGetBucketVersioning,
  handleHeadBucket,
  handleListBuckets,
} from './buckets.ts';
import { handleCopyObject } from './copy-object.ts';
import { handleListObjects, handleListObjectsV2 } from './list-objects.ts';
import {
  handleAbortMultipartUpload,
  handleCompleteMultipartUpload,
  handleCreateMultipartUpload,
  handleUploadPart,
  handleUploadPartCopy,
} from './multipart.ts';
import { overridableHeaders } from './object-headers.ts';
import { handleDeleteObject, handleDeleteObjects, handleGetObject, handlePutObject } from './objects.ts';
import { createNotImplementedError } from './s3-error.ts';
import type { S3Request, S3Response } from './s3-request.ts';

type Operation = (store: BucketStore, request: S3Request) => S3Response | Promise<S3Response>;

interface S3Route {
  readonly level: 'service' | 'bucket' | 'object';
  readonly methods: readonly string[];
  readonly requiredQuery?: readonly string[];
  readonly requiredHeader?: string;
  readonly optionalQuery?: readonly string[];
  readonly run: Operation;
}

const listingQuery = ['prefix', 'delimiter', 'max-keys', 'encoding-type'];

/** The first route that matches is taken. */
const routes: readonly S3Route[] = [
  { level: 'service', methods: ['GET'], optionalQuery: ['max-buckets', 'prefix'], run: handleListBuckets },
  { level: 'bucket', methods: ['GET'], requiredQuery: ['location'], run: handleGetBucketLocation },
  { level: 'bucket', methods: ['GET'], requiredQuery: ['versioning'], run: handleGetBucketVersioning },
  {
    level: 'bucket',
    methods: ['GET'],
    requiredQuery: ['list-type'],
    optionalQuery: [...listingQuery, 'continuation-token', 'start-after', 'fetch-owner'],
    run: handleListObjectsV2,
  },
  { level: 'bucket', methods: ['GET'], optionalQuery: [...listingQuery, 'marker'], run: handleListObjects },
  { level: 'bucket', methods: ['HEAD'], run: handleHeadBucket },
  { level: 'bucket', methods: ['PUT'], run: handleCreateBucket },
  { level: 'bucket', methods: ['POST'], requiredQuery: ['delete'], run: handleDeleteObjects },
  {
    level: 'object',
    methods: ['GET', 'HEAD'],
    optionalQuery: overridableHeaders.map((name) => `response-${name}`),
    run: handleGetObject,
  },
  { level: 'object', methods: ['POST'], requiredQuery: ['uploads'], run: handleCreateMultipartUpload },
  { level: 'object', methods: ['POST'], requiredQuery: ['uploadId'], run: handleCompleteMultipartUpload },
  {
    level: 'object',
    methods: ['PUT'],
    requiredQuery: ['uploadId', 'partNumber'],
    requiredHeader: 'x-amz-copy-source',
    run: handleUploadPartCopy,
  },
  { level: 'object', methods: ['PUT'], requiredQuery: ['uploadId', 'partNumber'], run: handleUploadPart },
  { level: 'object', methods: ['PUT'], requiredHeader: 'x-amz-copy-source', run: handleCopyObject },
  { level: 'object', methods: ['PUT'], run: handlePutObject },
  { level: 'object', methods: ['DELETE'], requiredQuery: ['uploadId'], run: handleAbortMultipartUpload },
  { level: 'object', methods: ['DELETE'], run: handleDeleteObject },
];

/** Parameters that the SDK adds: the operation, and the signature of a presigned URL. */
const isSdkParameter = (name: string): boolean => name === 'x-id' || /^x-amz-/i.test(name);

const matchesRoute = (route: S3Route, request: S3Request): boolean =>
  route.methods.includes(request.method) &&
  (route.requiredQuery ?? []).every((name) => request.query.has(name)) &&
  (route.requiredHeader === undefined || request.headers[route.requiredHeader] !== undefined);

/**
 * Finds the operation of a request. Query parameters that no operation takes, such as `tagging` or `acl`, are refused:
 * as a plain PutObject such a request would overwrite the object.
 * @throws {ServiceError} NotImplemented
 */
export const findS3Operation = (request: S3Request): Operation => {
  const level = request.key !== '' ? 'object' : request.bucket !== '' ? 'bucket' : 'service';
  const route = routes.find((each) => each.level === level && matchesRoute(each, request));
  if (!route) throw createNotImplementedError(`${request.method} of ${level}`);
  const known = [...(route.requiredQuery ?? []), ...(route.optionalQuery ?? [])];
  const unknown = [...request.query.keys()].find((name) => !known.includes(name) && !isSdkParameter(name));
  if (unknown !== undefined) throw createNotImplementedError(`?${unknown}`);
  return route.run;
};
