import type { IncomingHttpHeaders } from 'node:http';
import { ServiceError } from '../base/service-error.ts';
import { checksumHeaders } from './checksums.ts';
import type { S3Object } from './object-records.ts';
import { findHeader } from './s3-request.ts';

/** Headers that are stored with an object, and that a reader may override by query parameters. */
export const overridableHeaders = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
];

const storedHeaderNames = new Set([...overridableHeaders, 'x-amz-website-redirect-location']);

const metadataPrefix = 'x-amz-meta-';
const maxMetadataBytes = 2048;

/** The names count without the prefix. Node reads each byte of a header as one character. */
const checkMetadataSize = (stored: Readonly<Record<string, string>>): void => {
  const sizes = Object.entries(stored)
    .filter(([name]) => name.startsWith(metadataPrefix))
    .map(([name, value]) => name.length - metadataPrefix.length + value.length);
  if (sizes.reduce((sum, size) => sum + size, 0) > maxMetadataBytes)
    throw new ServiceError(400, 'MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size');
};

/** @throws {ServiceError} */
export const selectStoredHeaders = (headers: IncomingHttpHeaders): Record<string, string> => {
  const stored: Record<string, string> = { 'content-type': 'binary/octet-stream' };
  for (const name of Object.keys(headers)) {
    const value = findHeader(headers, name);
    if (value && (storedHeaderNames.has(name) || name.startsWith(metadataPrefix))) stored[name] = value;
  }
  checkMetadataSize(stored);
  const { 'content-encoding': encoding, ...others } = stored;
  // aws-chunked is an encoding of the transfer, not of the object.
  const storedEncoding = encoding
    ?.split(',')
    .map((each) => each.trim())
    .filter((each) => each !== 'aws-chunked')
    .join(',');
  return storedEncoding ? { ...others, 'content-encoding': storedEncoding } : others;
};

const checksumNames: readonly string[] = checksumHeaders;

/** The response headers of an object. Only readers of the whole object who ask for it get the checksum. */
export const buildObjectHeaders = (
  { etag, modified, headers }: Pick<S3Object, 'etag' | 'modified' | 'headers'>,
  { withChecksum }: { withChecksum: boolean },
): Record<string, string> => {
  const stored = Object.entries(headers).filter(([name]) => withChecksum || !checksumNames.includes(name));
  return {
    ...Object.fromEntries(stored),
    'accept-ranges': 'bytes',
    etag: `"${etag}"`,
    'last-modified': new Date(modified).toUTCString(),
  };
};
