import type { IncomingHttpHeaders } from 'node:http';
import { checksumHeaders } from './checksums.ts';
import type { S3Object } from './object-records.ts';
import { findHeader } from './s3-request.ts';

const storedHeaderNames = new Set([
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
  'x-amz-website-redirect-location',
]);

/** The headers of a write that stay with the object. */
export const selectStoredHeaders = (headers: IncomingHttpHeaders): Record<string, string> => {
  const stored: Record<string, string> = { 'content-type': 'binary/octet-stream' };
  for (const name of Object.keys(headers)) {
    const value = findHeader(headers, name);
    if (value && (storedHeaderNames.has(name) || name.startsWith('x-amz-meta-'))) stored[name] = value;
  }
  const { 'content-encoding': encoding, ...others } = stored;
  // aws-chunked is how the body travelled, not how it is stored.
  const lasting = encoding
    ?.split(',')
    .map((each) => each.trim())
    .filter((each) => each !== 'aws-chunked')
    .join(',');
  return lasting ? { ...others, 'content-encoding': lasting } : others;
};

const checksumNames: readonly string[] = checksumHeaders;

/** What goes out with an object. The checksum goes to those who ask for it and read the whole. */
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
