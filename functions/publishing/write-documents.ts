import { fingerprint } from '../core/identity.ts';
import { retypedFeeds } from '../runtime/contract.ts';
import { inParallel } from './in-parallel.ts';
import type { PublishingServices } from './services.ts';

/** A document that may have to be made anew: it is when what it is made from has another fingerprint than last time. */
export interface Draft {
  readonly path: string;
  readonly fingerprint: string;
  readonly make: () => string | Promise<string>;
}

/** @param inputs all that the document is made from, besides the edition */
export const draft = (path: string, inputs: unknown, make: Draft['make']): Draft => ({
  path,
  fingerprint: fingerprint(JSON.stringify(inputs)),
  make,
});

/** By path, the fingerprint of what each document was made from. */
export type Documents = Readonly<Record<string, string>>;

/**
 * Makes and writes the documents that changed, and removes those that are no more.
 * @returns what now stands in the bucket, and the paths that were written
 */
export const writeDocuments = async (
  { buckets, edition }: PublishingServices,
  before: Documents,
  drafts: readonly Draft[],
): Promise<{ documents: Documents; written: string[] }> => {
  const documents = Object.fromEntries(
    drafts.map((made) => [made.path, fingerprint(edition, made.fingerprint)]),
  );
  const changed = drafts.filter(({ path }) => before[path] !== documents[path]);
  await inParallel(changed, async ({ path, make }) =>
    buckets.site.put(keyOf(path), await make(), headersOf(path)),
  );
  const gone = Object.keys(before).filter((path) => !(path in documents));
  await inParallel(gone, (path) => buckets.site.delete(keyOf(path)));
  return { documents, written: changed.map(({ path }) => path) };
};

/** The object's key for a path of the site. */
export const keyOf = (path: string): string => (path === '/' ? 'index.html' : path.slice(1));

/**
 * Readers may keep a document for five minutes. The edge asks again after ten seconds (and mostly hears "not modified"),
 * so that an article shows within seconds without invalidations, which cost more than they save.
 */
const fresh = 'public, max-age=300, s-maxage=10';
/** For what never changes under its name. */
export const forever = 'public, max-age=31536000, immutable';

/** A style sheet has the fingerprint of what it says in its name. */
export const isStyle = (path: string): boolean => path.startsWith('/assets/style-');

/** What S3 is to answer with, by the path's ending; a page has none. */
export const headersOf = (path: string) => ({
  contentType: typeOf(path),
  cacheControl: isStyle(path) ? forever : fresh,
});

const typeOf = (path: string): string => {
  if (/\/(rss|feed)\.xml$/.test(path)) return 'application/rss+xml; charset=utf-8';
  const retyped = Object.values(retypedFeeds).find(({ file }) => path.endsWith(`/${file}`));
  if (retyped) return retyped.stored;
  if (path.endsWith('.xml')) return 'application/xml; charset=utf-8';
  if (path.endsWith('.json')) return 'application/json; charset=utf-8';
  if (path.endsWith('.txt')) return 'text/plain; charset=utf-8';
  if (path.endsWith('.css')) return 'text/css; charset=utf-8';
  if (path.endsWith('.svg')) return 'image/svg+xml';
  return 'text/html; charset=utf-8';
};
