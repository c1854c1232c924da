import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { S3Error } from './s3-error.ts';

/** A request by path-style address: `/bucket/key`. */
export interface S3Request {
  readonly method: string;
  /** Empty for the service itself. */
  readonly bucket: string;
  /** Empty for the bucket itself. */
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readable;
}

/** What goes back. A string is XML. */
export interface S3Response {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | number>>;
  readonly body?: string | Readable;
}

const invalidUri = () => new S3Error(400, 'InvalidURI', 'The address could not be understood.');

/** Undoes percent-encoding. @throws {S3Error} when that gives no UTF-8 */
export const decodeUri = (encoded: string): string => {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw invalidUri();
  }
};

/** Splits `bucket/key`, as in a copy source. The key may hold and begin with slashes, and may be `..`: it is never a path. */
export const splitBucketAndKey = (path: string): { bucket: string; key: string } => {
  const slash = path.indexOf('/');
  return slash < 0 ? { bucket: path, key: '' } : { bucket: path.slice(0, slash), key: path.slice(slash + 1) };
};

/**
 * Reads a request's address from its raw form: a URL parser would resolve `..` and drop empty segments.
 * @throws {S3Error}
 */
export const parseS3Request = (incoming: IncomingMessage): S3Request => {
  const address = incoming.url ?? '/';
  const mark = address.indexOf('?');
  const path = mark < 0 ? address : address.slice(0, mark);
  const { bucket, key } = splitBucketAndKey(decodeUri(path.replace(/^\//, '')));
  if (Buffer.byteLength(key) > 1024)
    throw new S3Error(400, 'KeyTooLongError', 'The key is longer than 1024 bytes.');
  return {
    method: incoming.method ?? 'GET',
    bucket,
    key,
    query: new URLSearchParams(mark < 0 ? '' : address.slice(mark + 1)),
    headers: incoming.headers,
    body: incoming,
  };
};

/** One header as a string, or undefined. */
export const findHeader = (headers: IncomingHttpHeaders, name: string): string | undefined => {
  const value = headers[name];
  return Array.isArray(value) ? value.join(',') : value;
};
