import type { IncomingHttpHeaders } from 'node:http';
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

export const selectStoredHeaders = (headers: IncomingHttpHeaders): Record<string, string> => {
  const stored: Record<string, string> = { 'content-type': 'binary/octet-stream' };
  for (const name of Object.keys(headers)) {
    const value = findHeader(headers, name);
    if (value && (storedHeaderNames.has(name) || name.startsWith('x-amz-meta-'))) stored[name] = value;
  }
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
