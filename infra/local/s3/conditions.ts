import type { IncomingHttpHeaders } from 'node:http';

/** What conditions compare: an ETag without quotes, milliseconds. */
export interface Validators {
  readonly etag: string;
  readonly modified: number;
}

const hasEtag = (list: string, etag: string): boolean =>
  list.split(',').some((one) => {
    const bare = one
      .trim()
      .replace(/^W\//, '')
      .replace(/^"(.*)"$/, '$1');
    return bare === '*' || bare === etag;
  });

const toSeconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

/**
 * Conditions of a read, in the precedence of RFC 9110, section 13.2.2.
 * `prefix` is for copies, whose conditions on the source are headers of their own.
 */
export const checkReadConditions = (
  headers: IncomingHttpHeaders,
  { etag, modified }: Validators,
  prefix = '',
): 'holds' | 'not modified' | 'failed' => {
  const header = (name: string) => {
    const value = headers[prefix + name];
    return typeof value === 'string' ? value : undefined;
  };
  const since = (date: string) => toSeconds(modified) > toSeconds(Date.parse(date));
  const ifMatch = header('if-match');
  const ifUnmodifiedSince = header('if-unmodified-since');
  if (ifMatch !== undefined) {
    if (!hasEtag(ifMatch, etag)) return 'failed';
  } else if (ifUnmodifiedSince !== undefined && since(ifUnmodifiedSince)) return 'failed';

  const ifNoneMatch = header('if-none-match');
  const ifModifiedSince = header('if-modified-since');
  if (ifNoneMatch !== undefined) return hasEtag(ifNoneMatch, etag) ? 'not modified' : 'holds';
  if (ifModifiedSince === undefined || Number.isNaN(Date.parse(ifModifiedSince))) return 'holds';
  return since(ifModifiedSince) ? 'holds' : 'not modified';
};

/** Conditions of a write on the object that stands there now, if one does. */
export const checkWriteConditions = (
  headers: IncomingHttpHeaders,
  current: Validators | undefined,
): 'holds' | 'failed' | 'nothing to match' => {
  const ifMatch = headers['if-match'];
  if (ifMatch !== undefined) {
    if (!current) return 'nothing to match';
    if (!hasEtag(ifMatch, current.etag)) return 'failed';
  }
  const ifNoneMatch = headers['if-none-match'];
  return ifNoneMatch !== undefined && current && hasEtag(ifNoneMatch, current.etag) ? 'failed' : 'holds';
};
