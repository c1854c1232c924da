import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import { addressOf, sitePaths } from '../../../functions/core/site-paths.ts';
import { retypedFeeds } from '../../../functions/runtime/contract.ts';
import { demandWellFormed } from './well-formed.ts';

/** An answer of the site, or why there was none. */
export interface Served {
  readonly address: string;
  readonly status?: number;
  readonly type?: string;
  readonly encoding?: string;
  /** Bytes of the body, uncompressed. */
  readonly size?: number;
  readonly failure?: string;
}

/** What a feed reader makes of a feed. */
export interface ServedFeed extends Served {
  readonly name: 'RSS' | 'Atom' | 'JSON Feed';
  readonly wantedType: string;
  readonly etag?: string;
  /** The status when asked again with the ETag. */
  readonly again?: number;
  readonly read?: ReadFeed;
  /** What the reader's parser says of it. */
  readonly unreadable?: string;
}

/** What a parser read: the entries, their ids, and the address that the feed says it has. */
interface ReadFeed {
  readonly entries: number;
  /** Of those that have one. */
  readonly ids: readonly string[];
  readonly self?: string | undefined;
}

type Fetch = typeof fetch;

/** Milliseconds until a site counts as unreachable. */
const patience = 15_000;

const ask = async (fetch: Fetch, address: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(address, { headers, redirect: 'manual', signal: AbortSignal.timeout(patience) });
  return { answer, body: await answer.text() };
};

const describe = (address: string, answer: Response, body: string): Served => ({
  address,
  status: answer.status,
  type: answer.headers.get('content-type') ?? '',
  encoding: answer.headers.get('content-encoding') ?? '',
  size: Buffer.byteLength(body),
});

const failureOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
};

const defined = (ids: readonly (string | undefined)[]): string[] => ids.filter((id) => id !== undefined);

const kinds = [
  {
    name: 'RSS',
    path: sitePaths.feeds.rss,
    wantedType: 'application/rss+xml',
    read: (text: string): ReadFeed => {
      demandWellFormed(text);
      const { items = [], atom } = parseRssFeed(text);
      const self = atom?.links?.find(({ rel }) => rel === 'self')?.href;
      return { entries: items.length, ids: defined(items.map(({ guid }) => guid?.value)), self };
    },
  },
  {
    name: 'Atom',
    path: sitePaths.feeds.atom,
    wantedType: retypedFeeds.atom.served.replace(/;.*/, ''),
    read: (text: string): ReadFeed => {
      demandWellFormed(text);
      const { entries = [], links = [] } = parseAtomFeed(text);
      return {
        entries: entries.length,
        ids: defined(entries.map(({ id }) => id)),
        self: links.find(({ rel }) => rel === 'self')?.href,
      };
    },
  },
  {
    name: 'JSON Feed',
    path: sitePaths.feeds.json,
    wantedType: retypedFeeds.json.served.replace(/;.*/, ''),
    read: (text: string): ReadFeed => {
      const { items = [], feed_url } = parseJsonFeed(text);
      return { entries: items.length, ids: defined(items.map(({ id }) => id)), self: feed_url };
    },
  },
] as const;

type Kind = (typeof kinds)[number];

const gatherFeed = async (
  fetch: Fetch,
  site: string,
  { name, path, wantedType, read }: Kind,
): Promise<ServedFeed> => {
  const address = addressOf(site, path);
  try {
    const { answer, body } = await ask(fetch, address);
    const etag = answer.headers.get('etag') ?? undefined;
    const again = etag && (await ask(fetch, address, { 'if-none-match': etag })).answer.status;
    const served = {
      ...{ name, wantedType, ...describe(address, answer, body) },
      ...(etag && { etag }),
      ...(again && { again }),
    };
    if (answer.status !== 200) return served;
    try {
      return { ...served, read: read(body) };
    } catch (error) {
      return { ...served, unreadable: failureOf(error) };
    }
  } catch (error) {
    return { name, wantedType, address, failure: failureOf(error) };
  }
};

/** Fetches the three main feeds as a reader does, each twice: the second time with its ETag. */
export const gatherFeeds = (fetch: Fetch, site: string): Promise<ServedFeed[]> =>
  Promise.all(kinds.map((kind) => gatherFeed(fetch, site, kind)));

export const gatherHome = async (fetch: Fetch, site: string): Promise<Served> => {
  const address = addressOf(site, sitePaths.home);
  try {
    const { answer, body } = await ask(fetch, address);
    return describe(address, answer, body);
  } catch (error) {
    return { address, failure: failureOf(error) };
  }
};
