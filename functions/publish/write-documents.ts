import { toObjectHeaders, toObjectKey } from '../adapters/site-objects.ts';
import { fingerprint } from '../core/identity.ts';
import { mapInParallel } from '../platform/concurrency.ts';
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
