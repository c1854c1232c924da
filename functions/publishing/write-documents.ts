import { fingerprint } from '../core/identity.ts';
import { contentTypeOverrides } from '../runtime/contract.ts';
import { mapInParallel } from './in-parallel.ts';
import type { PublishServices } from './services.ts';

/** A document that may have to be made anew: it is when what it is made from has another fingerprint than last time. */
export interface PlannedDocument {
  readonly path: string;
  readonly fingerprint: string;
  readonly build: () => string | Promise<string>;
}

/** @param inputs all that the document is made from, besides the edition */
export const planDocument = (
  path: string,
  inputs: unknown,
  build: PlannedDocument['build'],
): PlannedDocument => ({
  path,
  fingerprint: fingerprint(JSON.stringify(inputs)),
  build,
});

/** By path, the fingerprint of what each document was made from. */
export type DocumentFingerprints = Readonly<Record<string, string>>;

/**
 * Makes and writes the documents that changed, and removes those that are no more.
 * @returns what now stands in the bucket, and the paths that were written
 */
export const writeDocuments = async (
  { buckets, buildVersion: edition }: PublishServices,
  before: DocumentFingerprints,
  drafts: readonly PlannedDocument[],
): Promise<{ documents: DocumentFingerprints; written: string[] }> => {
  const documents = Object.fromEntries(
    drafts.map((made) => [made.path, fingerprint(edition, made.fingerprint)]),
  );
  const changed = drafts.filter(({ path }) => before[path] !== documents[path]);
  await mapInParallel(changed, async ({ path, build: make }) =>
    buckets.site.put(toObjectKey(path), await make(), toObjectHeaders(path)),
  );
  const gone = Object.keys(before).filter((path) => !(path in documents));
  await mapInParallel(gone, (path) => buckets.site.delete(toObjectKey(path)));
  return { documents, written: changed.map(({ path }) => path) };
};

/** The object's key for a path of the site. */
export const toObjectKey = (path: string): string => (path === '/' ? 'index.html' : path.slice(1));

/**
 * Readers may keep a document for five minutes. The edge asks again after ten seconds (and mostly hears "not modified"),
 * so that an article shows within seconds without invalidations, which cost more than they save.
 */
const documentCacheControl = 'public, max-age=300, s-maxage=10';
/** For what never changes under its name. */
export const immutableCacheControl = 'public, max-age=31536000, immutable';

/** A style sheet has the fingerprint of what it says in its name. */
export const isStyleSheet = (path: string): boolean => path.startsWith('/assets/style-');

/** What S3 is to answer with, by the path's ending; a page has none. */
export const toObjectHeaders = (path: string) => ({
  contentType: toContentType(path),
  cacheControl: isStyleSheet(path) ? immutableCacheControl : documentCacheControl,
});

const toContentType = (path: string): string => {
  if (/\/(rss|feed)\.xml$/.test(path)) return 'application/rss+xml; charset=utf-8';
  const retyped = Object.values(contentTypeOverrides).find(({ file }) => path.endsWith(`/${file}`));
  if (retyped) return retyped.stored;
  if (path.endsWith('.xml')) return 'application/xml; charset=utf-8';
  if (path.endsWith('.json')) return 'application/json; charset=utf-8';
  if (path.endsWith('.txt')) return 'text/plain; charset=utf-8';
  if (path.endsWith('.css')) return 'text/css; charset=utf-8';
  if (path.endsWith('.svg')) return 'image/svg+xml';
  return 'text/html; charset=utf-8';
};
