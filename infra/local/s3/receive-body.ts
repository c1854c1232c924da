import { createHash } from 'node:crypto';
import { ServiceError } from '../base/service-error.ts';
import { decodeAwsChunked } from './aws-chunked.ts';
import type { BodyFile } from './body-files.ts';
import type { BucketStore } from './bucket-store.ts';
import { type ChecksumHeader, checksumHeaders, createChecksum } from './checksums.ts';
import { findHeader, type S3Request } from './s3-request.ts';

/** A body whose length and checksums are as its sender stated them. */
export interface ReceivedBody extends BodyFile {
  /** The checksum that the sender stated, by header. */
  readonly checksum: Readonly<Record<string, string>>;
}

const createBadDigestError = (what: string) =>
  new ServiceError(400, 'BadDigest', `The ${what} did not match what was received.`);

const listChecksumHeaders = (request: S3Request): ChecksumHeader[] => {
  const inTrailer = (findHeader(request.headers, 'x-amz-trailer') ?? '').toLowerCase().split(/[,\s]+/);
  return checksumHeaders.filter((name) => request.headers[name] !== undefined || inTrailer.includes(name));
};

/**
 * Stores the body of a request and verifies Content-MD5, x-amz-content-sha256 and the checksum of a header or a
 * trailer.
 * @throws {ServiceError} and leaves no file
 */
export const receiveBody = async (store: BucketStore, request: S3Request): Promise<ReceivedBody> => {
  const payload = findHeader(request.headers, 'x-amz-content-sha256') ?? '';
  const isChunked =
    payload.startsWith('STREAMING-') || /\baws-chunked\b/.test(findHeader(request.headers, 'content-encoding') ?? '');
  const trailers = new Map<string, string>();
  const checksums = listChecksumHeaders(request).map((name) => ({ name, running: createChecksum(name) }));
  const sha256 = /^[0-9a-f]{64}$/.test(payload) ? createHash('sha256') : undefined;
  const listeners = [...checksums.map(({ running }) => running), ...(sha256 ? [sha256] : [])];

  const source = isChunked ? decodeAwsChunked(request.body, trailers) : request.body;
  const body = await store.bodies.write(source, listeners);
  try {
    checkLengthAndDigests(request, body);
    if (sha256 && sha256.digest('hex') !== payload)
      throw new ServiceError(400, 'XAmzContentSHA256Mismatch', 'The body is not what x-amz-content-sha256 says.');
    const checksum: Record<string, string> = {};
    for (const { name, running } of checksums) {
      const stated = findHeader(request.headers, name) ?? trailers.get(name);
      const found = running.digest();
      if (stated !== found) throw createBadDigestError(name);
      checksum[name] = found;
    }
    return { ...body, checksum };
  } catch (error) {
    store.bodies.remove([body.file]);
    throw error;
  }
};

const checkLengthAndDigests = ({ headers }: S3Request, body: BodyFile): void => {
  const length = findHeader(headers, 'x-amz-decoded-content-length');
  if (length !== undefined && Number(length) !== body.size)
    throw new ServiceError(400, 'IncompleteBody', 'The body is not as long as was announced.');
  const md5 = findHeader(headers, 'content-md5');
  if (md5 !== undefined && Buffer.from(md5, 'base64').toString('hex') !== body.md5)
    throw createBadDigestError('Content-MD5');
};
