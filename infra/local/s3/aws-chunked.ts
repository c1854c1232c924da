import { ServiceError } from '../base/service-error.ts';

const createIncompleteBodyError = () =>
  new ServiceError(400, 'IncompleteBody', 'The body ended before its last chunk.');

/**
 * Unwraps the `aws-chunked` encoding, in which SDKs stream a body whose checksum follows it: each chunk is
 * `size-in-hex[;extensions] CRLF bytes CRLF`, the last has size 0, then come `name:value` trailers, which are
 * put into `trailers` by lower-case name. Chunk signatures are not verified.
 */
export async function* decodeAwsChunked(
  source: AsyncIterable<Buffer>,
  trailers: Map<string, string>,
): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  let state: 'size' | 'bytes' | 'end-of-chunk' | 'trailers' = 'size';
  let left = 0;

  for await (const received of source) {
    rest = rest.length === 0 ? received : Buffer.concat([rest, received]);
    while (rest.length > 0 && state !== 'trailers') {
      if (state === 'bytes') {
        const piece = rest.subarray(0, left);
        left -= piece.length;
        rest = rest.subarray(piece.length);
        if (left === 0) state = 'end-of-chunk';
        yield piece;
      } else if (state === 'end-of-chunk') {
        if (rest.length < 2) break;
        rest = rest.subarray(2);
        state = 'size';
      } else {
        const end = rest.indexOf('\r\n');
        if (end < 0) break;
        const digits = /^[0-9a-f]+(?=;|$)/i.exec(rest.toString('latin1', 0, end))?.[0];
        if (digits === undefined) throw createIncompleteBodyError();
        left = Number.parseInt(digits, 16);
        rest = rest.subarray(end + 2);
        state = left === 0 ? 'trailers' : 'bytes';
      }
    }
  }
  if (state !== 'trailers') throw createIncompleteBodyError();
  for (const line of rest.toString('latin1').split(/[\r\n]+/)) {
    const [, name, value] = /^([^:]+):(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) trailers.set(name.trim().toLowerCase(), value.trim());
  }
}
