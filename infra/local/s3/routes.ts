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
import { formatBucketArn, formatObjectArn, type S3Request, type S3Response } from './s3-request.ts';

type Operation = (store: BucketStore, request: S3Request) => S3Response | Promise<S3Response>;

interface S3Route {
  readonly level: 'service' | 'bucket' | 'object';
  readonly methods: readonly string[];
  readonly requiredQuery?: readonly string[];
  readonly requiredHeader?: string;
  readonly optionalQuery?: readonly string[];
  /** What a policy has to allow, but for the objects that the body or another header names. */
  readonly action?: string;
  readonly run: Operation;
}

const listingQuery = ['prefix', 'delimiter', 'max-keys', 'encoding-type'];

/** The first route that matches is taken. */
const routes: readonly S3Route[] = [
  {
    level: 'service',
    methods: ['GET'],
    optionalQuery: ['max-buckets', 'prefix'],
    action: 's3:ListAllMyBuckets',
    run: handleListBuckets,
  },
  {
    level: 'bucket',
    methods: ['GET'],
    requiredQuery: ['location'],
    action: 's3:GetBucketLocation',
    run: handleGetBucketLocation,
  },
  {
    level: 'bucket',
    methods: ['GET'],
    requiredQuery: ['versioning'],
    action: 's3:GetBucketVersioning',
    run: handleGetBucketVersioning,
  },
  {
    level: 'bucket',
    methods: ['GET'],
    requiredQuery: ['list-type'],
    optionalQuery: [...listingQuery, 'continuation-token', 'start-after', 'fetch-owner'],
    action: 's3:ListBucket',
    run: handleListObjectsV2,
  },
  {
    level: 'bucket',
    methods: ['GET'],
    optionalQuery: [...listingQuery, 'marker'],
    action: 's3:ListBucket',
    run: handleListObjects,
  },
  { level: 'bucket', methods: ['HEAD'], action: 's3:ListBucket', run: handleHeadBucket },
  { level: 'bucket', methods: ['PUT'], action: 's3:CreateBucket', run: handleCreateBucket },
  { level: 'bucket', methods: ['POST'], requiredQuery: ['delete'], run: handleDeleteObjects },
  {
    level: 'object',
    methods: ['GET', 'HEAD'],
    optionalQuery: overridableHeaders.map((name) => `response-${name}`),
    action: 's3:GetObject',
    run: handleGetObject,
  },
  {
    level: 'object',
    methods: ['POST'],
    requiredQuery: ['uploads'],
    action: 's3:PutObject',
    run: handleCreateMultipartUpload,
  },
  {
    level: 'object',
    methods: ['POST'],
    requiredQuery: ['uploadId'],
    action: 's3:PutObject',
    run: handleCompleteMultipartUpload,
  },
  {
    level: 'object',
    methods: ['PUT'],
    requiredQuery: ['uploadId', 'partNumber'],
    requiredHeader: 'x-amz-copy-source',
    action: 's3:PutObject',
    run: handleUploadPartCopy,
  },
  {
    level: 'object',
    methods: ['PUT'],
    requiredQuery: ['uploadId', 'partNumber'],
    action: 's3:PutObject',
    run: handleUploadPart,
  },
  {
    level: 'object',
    methods: ['PUT'],
    requiredHeader: 'x-amz-copy-source',
    action: 's3:PutObject',
    run: handleCopyObject,
  },
  { level: 'object', methods: ['PUT'], action: 's3:PutObject', run: handlePutObject },
  {
    level: 'object',
    methods: ['DELETE'],
    requiredQuery: ['uploadId'],
    action: 's3:AbortMultipartUpload',
    run: handleAbortMultipartUpload,
  },
  { level: 'object', methods: ['DELETE'], action: 's3:DeleteObject', run: handleDeleteObject },
];

/** Parameters that the SDK adds: the operation, and the signature of a presigned URL. */
const isSdkParameter = (name: string): boolean => name === 'x-id' || /^x-amz-/i.test(name);

const matchesRoute = (route: S3Route, request: S3Request): boolean =>
  route.methods.includes(request.method) &&
  (route.requiredQuery ?? []).every((name) => request.query.has(name)) &&
  (route.requiredHeader === undefined || request.headers[route.requiredHeader] !== undefined);

const formatTargetArn = ({ level }: S3Route, { bucket, key }: S3Request): string => {
  if (level === 'service') return '*';
  return level === 'bucket' ? formatBucketArn(bucket) : formatObjectArn(bucket, key);
};

/**
 * Finds the operation of a request. Query parameters that no operation takes, such as `tagging` or `acl`, are refused:
 * as a plain PutObject such a request would overwrite the object.
 * @throws {ServiceError | AccessDeniedError} NotImplemented, or what the caller may not do
 */
export const findS3Operation = (request: S3Request): Operation => {
  const level = request.key !== '' ? 'object' : request.bucket !== '' ? 'bucket' : 'service';
  const route = routes.find((each) => each.level === level && matchesRoute(each, request));
  if (!route) throw createNotImplementedError(`${request.method} of ${level}`);
  const known = [...(route.requiredQuery ?? []), ...(route.optionalQuery ?? [])];
  const unknown = [...request.query.keys()].find((name) => !known.includes(name) && !isSdkParameter(name));
  if (unknown !== undefined) throw createNotImplementedError(`?${unknown}`);
  if (route.action !== undefined) request.access.require(route.action, formatTargetArn(route, request));
  return route.run;
};
