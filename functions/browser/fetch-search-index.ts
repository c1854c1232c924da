import { type IndexHead, readHeadLength, readIndexHead } from '../core/search/index-head.ts';
import type { SearchIndex } from './find-articles.ts';

/** The file was written anew between two requests: what is read of it does not fit together. */
export class SearchIndexChanged extends Error {
  override readonly name = 'SearchIndexChanged';
}

/** Most heads are shorter. */
const firstRequestBytes = 4_096;

const emptyHead: IndexHead = { parts: [], documents: 0, pages: [], blocks: [] };

/** Reads a file of the search index by HTTP ranges. One that is not there yet has no articles. */
export const fetchSearchIndex = (address: string, cache: RequestInit['cache'] = 'default'): SearchIndex => {
  let etag: string | null | undefined;
  /** The first bytes of the file, or all of it. */
  let known = new Uint8Array();

  const fetchRange = async (start: number, end: number): Promise<Uint8Array | undefined> => {
    if (end <= known.length) return known.subarray(start, end);
    const response = await fetch(address, { headers: { range: `bytes=${start}-${end - 1}` }, cache });
    if (response.status === 404 || response.status === 403) return undefined;
    if (!response.ok) throw new Error(`${address} was answered with ${response.status}`);
    const found = response.headers.get('etag');
    if (etag !== undefined && found !== etag) throw new SearchIndexChanged(address);
    etag = found;
    const bytes = new Uint8Array(await response.arrayBuffer());
    // A server that knows no ranges sends all of it.
    if (start === 0 || response.status === 200) known = bytes;
    return response.status === 200 ? bytes.subarray(start, end) : bytes;
  };

  const fetchHead = async (): Promise<IndexHead> => {
    const first = await fetchRange(0, firstRequestBytes);
    const length = first && readHeadLength(first);
    if (!first || length === undefined) return emptyHead;
    if (length <= first.length) return readIndexHead(first.subarray(0, length));
    const rest = await fetchRange(first.length, length);
    if (!rest) return emptyHead;
    const bytes = new Uint8Array(length);
    bytes.set(first);
    bytes.set(rest, first.length);
    return readIndexHead(bytes);
  };

  let head: Promise<IndexHead> | undefined;
  return {
    readHead: () => {
      head ??= fetchHead();
      return head;
    },
    readRange: async ({ start, end }) => (await fetchRange(start, end)) ?? new Uint8Array(),
  };
};
