import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { formatArn } from '../base/aws-account.ts';
import { ServiceError } from '../base/service-error.ts';
import type { CallerAccess } from '../iam/create-access-control.ts';

/** A request with a path-style URL, `/bucket/key`, or with the bucket in the host, `bucket.localhost`. */
export interface S3Request {
  readonly method: string;
  /** Empty for a request to the service. */
  readonly bucket: string;
  /** Empty for a request to the bucket. */
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readable;
  readonly access: CallerAccess;
}

export interface S3Response {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | number>>;
  /** A string is XML. */
  readonly body?: string | Readable;
}

const createInvalidUriError = () => new ServiceError(400, 'InvalidURI', 'The address could not be understood.');

/** @throws {ServiceError} when the decoded bytes are not UTF-8 */
export const decodeUri = (encoded: string): string => {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw createInvalidUriError();
  }
};

/** The key may contain and begin with slashes, and may be `..`: it is never a path on disk. */
export const splitBucketAndKey = (path: string): { bucket: string; key: string } => {
  const slash = path.indexOf('/');
  return slash < 0 ? { bucket: path, key: '' } : { bucket: path.slice(0, slash), key: path.slice(slash + 1) };
};

export const formatBucketArn = (bucket: string): string => formatArn('s3', bucket, ':');
export const formatObjectArn = (bucket: string, key: string): string => formatBucketArn(`${bucket}/${key}`);

/** The limit counts the bytes of UTF-8. @throws {ServiceError} */
export const checkKeyLength = (key: string): void => {
  if (Buffer.byteLength(key) > 1024) throw new ServiceError(400, 'KeyTooLongError', 'Your key is too long');
};

/**
 * Parses the raw URL of a request: a URL parser would resolve `..` and drop empty segments.
 * @throws {ServiceError}
 */
export const parseS3Request = (incoming: IncomingMessage, access: CallerAccess): S3Request => {
  const { method = 'GET', url = '/', headers } = incoming;
  const [, path = '', query = ''] = /^([^?]*)\??(.*)$/s.exec(url) ?? [];
  const named = decodeUri(path.replace(/^\//, ''));
  const [, hostBucket] = /^(.+)\.localhost(?::\d+)?$/i.exec(headers.host ?? '') ?? [];
  const { bucket, key } = hostBucket === undefined ? splitBucketAndKey(named) : { bucket: hostBucket, key: named };
  checkKeyLength(key);
  return { method, bucket, key, query: new URLSearchParams(query), headers, body: incoming, access };
};

export const findHeader = (headers: IncomingHttpHeaders, name: string): string | undefined => {
  const value = headers[name];
  return Array.isArray(value) ? value.join(',') : value;
};
