import { toObjectHeaders, toObjectKey } from '../adapters/site-objects.ts';
import { fingerprint } from '../core/identity.ts';
import { mapInParallel } from '../platform/concurrency.ts';
import type { PublishServices } from './services.ts';

/** A document of the site. It is built and written only when the fingerprint of its inputs has changed. */
export interface PlannedDocument {
  readonly path: string;
  readonly fingerprint: string;
  readonly build: () => string | Promise<string>;
}

/** @param inputs everything that the document is made from, besides what the build version covers */
export const planDocument = (path: string, inputs: unknown, build: PlannedDocument['build']): PlannedDocument => ({
  path,
  fingerprint: fingerprint(JSON.stringify(inputs)),
  build,
});

export type DocumentFingerprints = Readonly<Record<string, string>>;

/**
 * Writes the documents that changed, and deletes those that are no longer planned.
 * @param before the documents that are in the bucket
 * @returns the documents that are in the bucket now, and the paths of those that were written
 */
export const writeDocuments = async (
  { buckets, buildVersion }: PublishServices,
  before: DocumentFingerprints,
  planned: readonly PlannedDocument[],
): Promise<{ readonly fingerprints: DocumentFingerprints; readonly written: string[] }> => {
  const fingerprints = Object.fromEntries(
    planned.map((document) => [document.path, fingerprint(buildVersion, document.fingerprint)]),
  );
  const changed = planned.filter(({ path }) => before[path] !== fingerprints[path]);
  await mapInParallel(changed, async ({ path, build }) =>
    buckets.site.put(toObjectKey(path), await build(), toObjectHeaders(path)),
  );
  const removed = Object.keys(before).filter((path) => !(path in fingerprints));
  await mapInParallel(removed, (path) => buckets.site.delete(toObjectKey(path)));
  return { fingerprints, written: changed.map(({ path }) => path) };
};
