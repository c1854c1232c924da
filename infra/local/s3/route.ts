import type { BucketStore } from './bucket-store.ts';
import { createBucket, getBucketLocation, getBucketVersioning, headBucket, listBuckets } from './buckets.ts';
import { copyObject } from './copy-object.ts';
import { deleteObject, deleteObjects } from './delete-object.ts';
import { getObject } from './get-object.ts';
import { listObjects, listObjectsV2 } from './list-objects.ts';
import { abortUpload, completeUpload, createUpload, uploadPart, uploadPartCopy } from './multipart.ts';
import { putObject } from './put-object.ts';
import { notImplemented } from './s3-error.ts';
import type { S3Answer, S3Request } from './s3-request.ts';

type Operation = (store: BucketStore, request: S3Request) => S3Answer | Promise<S3Answer>;

interface Route {
  readonly of: 'service' | 'bucket' | 'object';
  readonly methods: readonly string[];
  /** Query names that must be there for this route. */
  readonly needs?: readonly string[];
  /** A header that must be there for this route. */
  readonly header?: string;
  /** Query names that may be there. */
  readonly takes?: readonly string[];
  readonly run: Operation;
}

const listing = ['prefix', 'delimiter', 'max-keys', 'encoding-type'];
const responses = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
];

/** The first route that fits is taken. */
const routes: readonly Route[] = [
  { of: 'service', methods: ['GET'], takes: ['max-buckets', 'prefix'], run: listBuckets },
  { of: 'bucket', methods: ['GET'], needs: ['location'], run: getBucketLocation },
  { of: 'bucket', methods: ['GET'], needs: ['versioning'], run: getBucketVersioning },
  {
    of: 'bucket',
    methods: ['GET'],
    needs: ['list-type'],
    takes: [...listing, 'continuation-token', 'start-after', 'fetch-owner'],
    run: listObjectsV2,
  },
  { of: 'bucket', methods: ['GET'], takes: [...listing, 'marker'], run: listObjects },
  { of: 'bucket', methods: ['HEAD'], run: headBucket },
  { of: 'bucket', methods: ['PUT'], run: createBucket },
  { of: 'bucket', methods: ['POST'], needs: ['delete'], run: deleteObjects },
  {
    of: 'object',
    methods: ['GET', 'HEAD'],
    takes: responses.map((name) => `response-${name}`),
    run: getObject,
  },
  { of: 'object', methods: ['POST'], needs: ['uploads'], run: createUpload },
  { of: 'object', methods: ['POST'], needs: ['uploadId'], run: completeUpload },
  {
    of: 'object',
    methods: ['PUT'],
    needs: ['uploadId', 'partNumber'],
    header: 'x-amz-copy-source',
    run: uploadPartCopy,
  },
  { of: 'object', methods: ['PUT'], needs: ['uploadId', 'partNumber'], run: uploadPart },
  { of: 'object', methods: ['PUT'], header: 'x-amz-copy-source', run: copyObject },
  { of: 'object', methods: ['PUT'], run: putObject },
  { of: 'object', methods: ['DELETE'], needs: ['uploadId'], run: abortUpload },
  { of: 'object', methods: ['DELETE'], run: deleteObject },
];

/** Names the SDK adds for itself: the operation, and the signature of a presigned address. */
const isPlumbing = (name: string): boolean => name === 'x-id' || /^x-amz-/i.test(name);

const fits = (route: Route, request: S3Request): boolean =>
  route.methods.includes(request.method) &&
  (route.needs ?? []).every((name) => request.query.has(name)) &&
  (route.header === undefined || request.headers[route.header] !== undefined);

/**
 * Finds the operation that a request asks for. Query names that no operation takes, such as `tagging` or `acl`,
 * are refused: taken for a plain PutObject they would overwrite the object.
 * @throws {S3Error} NotImplemented
 */
export const operationFor = (request: S3Request): Operation => {
  const level = request.key !== '' ? 'object' : request.bucket !== '' ? 'bucket' : 'service';
  const route = routes.find((each) => each.of === level && fits(each, request));
  if (!route) throw notImplemented(`${request.method} of ${level}`);
  const known = [...(route.needs ?? []), ...(route.takes ?? [])];
  const unknown = [...request.query.keys()].find((name) => !known.includes(name) && !isPlumbing(name));
  if (unknown !== undefined) throw notImplemented(`?${unknown}`);
  return route.run;
};
