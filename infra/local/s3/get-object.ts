import { ServiceError } from '../base/service-error.ts';
import type { BucketStore } from './bucket-store.ts';
import { checkReadConditions } from './conditions.ts';
import { buildObjectHeaders, overridableHeaders } from './object-headers.ts';
import { parseRange } from './range.ts';
import { createPreconditionFailedError } from './s3-error.ts';
import { findHeader, type S3Request, type S3Response } from './s3-request.ts';

export const handleGetObject = (store: BucketStore, request: S3Request): S3Response => {
  const object = store.requireObject(request.bucket, request.key);
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
