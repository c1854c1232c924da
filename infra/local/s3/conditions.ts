import type { IncomingHttpHeaders } from 'node:http';

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
 * @param prefix of the headers of a copy that state conditions on its source
 */
export const checkReadConditions = (
  headers: IncomingHttpHeaders,
  { etag, modified }: Validators,
  prefix = '',
): 'passed' | 'not modified' | 'failed' => {
  const header = (name: string) => {
    const value = headers[prefix + name];
    return typeof value === 'string' ? value : undefined;
  };
  const isModifiedSince = (date: string) => toSeconds(modified) > toSeconds(Date.parse(date));
  const ifMatch = header('if-match');
  const ifUnmodifiedSince = header('if-unmodified-since');
  if (ifMatch !== undefined) {
    if (!hasEtag(ifMatch, etag)) return 'failed';
  } else if (ifUnmodifiedSince !== undefined && isModifiedSince(ifUnmodifiedSince)) return 'failed';

  const ifNoneMatch = header('if-none-match');
  const ifModifiedSince = header('if-modified-since');
  if (ifNoneMatch !== undefined) return hasEtag(ifNoneMatch, etag) ? 'not modified' : 'passed';
  if (ifModifiedSince === undefined || Number.isNaN(Date.parse(ifModifiedSince))) return 'passed';
  return isModifiedSince(ifModifiedSince) ? 'passed' : 'not modified';
};

/** Conditions of a write on the object that it would replace. */
export const checkWriteConditions = (
  headers: IncomingHttpHeaders,
  current: Validators | undefined,
): 'passed' | 'failed' | 'missing' => {
  const ifMatch = headers['if-match'];
  if (ifMatch !== undefined) {
    if (!current) return 'missing';
    if (!hasEtag(ifMatch, current.etag)) return 'failed';
  }
  const ifNoneMatch = headers['if-none-match'];
  return ifNoneMatch !== undefined && current && hasEtag(ifNoneMatch, current.etag) ? 'failed' : 'passed';
};
