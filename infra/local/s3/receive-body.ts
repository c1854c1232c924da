import { createHash } from 'node:crypto';
import { decodeAwsChunked } from './aws-chunked.ts';
import type { BodyFile } from './body-files.ts';
import type { BucketStore } from './bucket-store.ts';
import { type ChecksumHeader, checksumHeaders, createChecksum } from './checksums.ts';
import { S3Error } from './s3-error.ts';
import { findHeader, type S3Request } from './s3-request.ts';

/** A body that was received and found to be what its sender meant. */
export interface ReceivedBody extends BodyFile {
  /** The checksum that came with it, by header, to be given back to readers who ask. */
  readonly checksum: Readonly<Record<string, string>>;
}

const badDigest = (what: string) =>
  new S3Error(400, 'BadDigest', `The ${what} did not match what was received.`);

const listChecksumHeaders = (request: S3Request): ChecksumHeader[] => {
  const inTrailer = (findHeader(request.headers, 'x-amz-trailer') ?? '').toLowerCase().split(/[,\s]+/);
  return checksumHeaders.filter((name) => request.headers[name] !== undefined || inTrailer.includes(name));
};

/**
 * Stores a request's body and verifies Content-MD5, x-amz-content-sha256 and the checksum, whether that came as
 * a header or as a trailer.
 * @throws {S3Error} and leaves nothing behind
 */
export const receiveBody = async (store: BucketStore, request: S3Request): Promise<ReceivedBody> => {
  const payload = findHeader(request.headers, 'x-amz-content-sha256') ?? '';
  const isChunked =
    payload.startsWith('STREAMING-') ||
    /\baws-chunked\b/.test(findHeader(request.headers, 'content-encoding') ?? '');
  const trailers = new Map<string, string>();
  const checksums = listChecksumHeaders(request).map((name) => ({ name, running: createChecksum(name) }));
  const sha256 = /^[0-9a-f]{64}$/.test(payload) ? createHash('sha256') : undefined;
  const listeners = [...checksums.map(({ running }) => running), ...(sha256 ? [sha256] : [])];

  const source = isChunked ? decodeAwsChunked(request.body, trailers) : request.body;
  const body = await store.bodies.write(source, listeners);
  try {
    checkLengthAndDigests(request, body);
    if (sha256 && sha256.digest('hex') !== payload)
      throw new S3Error(400, 'XAmzContentSHA256Mismatch', 'The body is not what x-amz-content-sha256 says.');
    const checksum: Record<string, string> = {};
    for (const { name, running } of checksums) {
      const stated = findHeader(request.headers, name) ?? trailers.get(name);
      const found = running.digest();
      if (stated !== found) throw badDigest(name);
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
    throw new S3Error(400, 'IncompleteBody', 'The body is not as long as was announced.');
  const md5 = findHeader(headers, 'content-md5');
  if (md5 !== undefined && Buffer.from(md5, 'base64').toString('hex') !== body.md5)
    throw badDigest('Content-MD5');
};
