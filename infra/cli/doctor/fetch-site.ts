import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import { sitePaths, toSiteUrl } from '../../../functions/core/site-paths.ts';
import { contentTypeOverrides } from '../../../functions/platform/contract.ts';
import { requireWellFormed } from './require-well-formed.ts';

export interface FetchedDocument {
  readonly address: string;
  readonly status?: number;
  readonly type?: string;
  readonly encoding?: string;
  /** Bytes of the body, uncompressed. */
  readonly size?: number;
  readonly fetchError?: string;
}

export interface FetchedFeed extends FetchedDocument {
  readonly name: 'RSS' | 'Atom' | 'JSON Feed';
  readonly wantedType: string;
  readonly etag?: string;
  /** The status when asked again with the ETag. */
  readonly again?: number;
  readonly parsed?: ParsedFeed;
  readonly parseError?: string;
}

interface ParsedFeed {
  readonly entryCount: number;
  readonly ids: readonly string[];
  readonly selfAddress?: string | undefined;
}

type Fetch = typeof fetch;

const timeoutMs = 15_000;

const fetchText = async (fetch: Fetch, address: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(address, { headers, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
  return { answer, body: await answer.text() };
};

const toFetchedDocument = (address: string, answer: Response, body: string): FetchedDocument => ({
  address,
  status: answer.status,
  type: answer.headers.get('content-type') ?? '',
  encoding: answer.headers.get('content-encoding') ?? '',
  size: Buffer.byteLength(body),
});

const formatFailure = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
};

const selectDefined = (ids: readonly (string | undefined)[]): string[] => ids.filter((id) => id !== undefined);

const feedKinds = [
  {
    name: 'RSS',
    path: sitePaths.feeds.rss,
    wantedType: 'application/rss+xml',
    read: (text: string): ParsedFeed => {
      requireWellFormed(text);
      const { items = [], atom } = parseRssFeed(text);
      const self = atom?.links?.find(({ rel }) => rel === 'self')?.href;
      return {
        entryCount: items.length,
        ids: selectDefined(items.map(({ guid }) => guid?.value)),
        selfAddress: self,
      };
    },
  },
  {
    name: 'Atom',
    path: sitePaths.feeds.atom,
    wantedType: contentTypeOverrides.atom.served.replace(/;.*/, ''),
    read: (text: string): ParsedFeed => {
      requireWellFormed(text);
      const { entries = [], links = [] } = parseAtomFeed(text);
      return {
        entryCount: entries.length,
        ids: selectDefined(entries.map(({ id }) => id)),
        selfAddress: links.find(({ rel }) => rel === 'self')?.href,
      };
    },
  },
  {
    name: 'JSON Feed',
    path: sitePaths.feeds.json,
    wantedType: contentTypeOverrides.json.served.replace(/;.*/, ''),
    read: (text: string): ParsedFeed => {
      const { items = [], feed_url } = parseJsonFeed(text);
      return {
        entryCount: items.length,
        ids: selectDefined(items.map(({ id }) => id)),
        selfAddress: feed_url,
      };
    },
  },
] as const;

type FeedKind = (typeof feedKinds)[number];

const fetchFeed = async (
  fetch: Fetch,
  site: string,
  { name, path, wantedType, read }: FeedKind,
): Promise<FetchedFeed> => {
  const address = toSiteUrl(site, path);
  try {
    const { answer, body } = await fetchText(fetch, address);
    const etag = answer.headers.get('etag') ?? undefined;
    const again = etag && (await fetchText(fetch, address, { 'if-none-match': etag })).answer.status;
    const served = {
      name,
      wantedType,
      ...toFetchedDocument(address, answer, body),
      ...(etag && { etag }),
      ...(again && { again }),
    };
    if (answer.status !== 200) return served;
    try {
      return { ...served, parsed: read(body) };
    } catch (error) {
      return { ...served, parseError: formatFailure(error) };
    }
  } catch (error) {
    return { name, wantedType, address, fetchError: formatFailure(error) };
  }
};

export const fetchFeeds = (fetch: Fetch, site: string): Promise<FetchedFeed[]> =>
  Promise.all(feedKinds.map((kind) => fetchFeed(fetch, site, kind)));

export const fetchHomePage = async (fetch: Fetch, site: string): Promise<FetchedDocument> => {
  const address = toSiteUrl(site, sitePaths.home);
  try {
    const { answer, body } = await fetchText(fetch, address);
    return toFetchedDocument(address, answer, body);
  } catch (error) {
    return { address, fetchError: formatFailure(error) };
  }
};
