import { type DocumentAnswer, toObjectHeaders, toObjectKey } from '../adapters/site-objects.ts';
import { fingerprint } from '../core/identity.ts';
import { mapInParallel } from '../platform/concurrency.ts';
import { isServiceFailure } from '../platform/service-failure.ts';
import type { BuildContext } from './build-context.ts';
import { mapSeparately } from './isolate-failures.ts';

/** Text, or the bytes of a picture or font. */
type DocumentContent = string | Uint8Array;

/** A document of the site. It is built and written only when the fingerprint of its inputs has changed. */
export interface PlannedDocument {
  readonly path: string;
  readonly fingerprint: string;
  /** Ids of the articles or issues that it shows. */
  readonly ids: readonly string[];
  /** Characters of the bodies that building it reads. */
  readonly bodyLength: number;
  /** Absent for a document that is simply shown. */
  readonly answer?: DocumentAnswer;
  /** @param ids what to show: all, or some where building it from all of them failed */
  readonly build: (ids: ReadonlySet<string>) => DocumentContent | Promise<DocumentContent>;
}

/** @param inputs everything that the document is made from, besides what the build version covers */
export const planDocument = (
  path: string,
  inputs: unknown,
  build: () => DocumentContent | Promise<DocumentContent>,
): PlannedDocument => ({
  path,
  fingerprint: fingerprint(JSON.stringify(inputs)),
  ids: [],
  bodyLength: 0,
  build,
});

/** Plans a document that shows a list of articles or issues. */
export const planListDocument = <T extends { readonly id: string }>(
  path: string,
  inputs: unknown,
  { items, bodyLength = 0 }: { readonly items: readonly T[]; readonly bodyLength?: number },
  build: (items: readonly T[]) => DocumentContent | Promise<DocumentContent>,
): PlannedDocument => ({
  path,
  fingerprint: fingerprint(JSON.stringify(inputs)),
  ids: items.map(({ id }) => id),
  bodyLength,
  build: (ids) => build(items.filter(({ id }) => ids.has(id))),
});

/** The fingerprint of each document's inputs and build version, by path. */
export type DocumentFingerprints = Readonly<Record<string, string>>;

/** Stands for the fingerprint of a document that lacks an article, so that it is built again. */
const incomplete = 'incomplete';

/**
 * Writes the documents that changed, and deletes those that are no longer planned.
 * @param before the documents that are in the bucket
 * @param isKept tells a document that is not planned now, and stays as it is
 * @returns the documents that are in the bucket now, and the paths of those that were written
 */
export const writeDocuments = async (
  context: BuildContext,
  before: DocumentFingerprints,
  planned: readonly PlannedDocument[],
  isKept: (path: string) => boolean = () => false,
): Promise<{ readonly fingerprints: DocumentFingerprints; readonly written: string[] }> => {
  const { buckets, buildVersion } = context.services;
  const fingerprints = Object.fromEntries([
    ...Object.entries(before).filter(([path]) => isKept(path)),
    ...planned.map((document) => [document.path, fingerprint(buildVersion, document.fingerprint)] as const),
  ]);
  const changed = planned.filter(({ path }) => before[path] !== fingerprints[path]);
  await mapInParallel(changed, (document) =>
    context.limitBodies(document.bodyLength, async () => {
      const { path } = document;
      const { content, isComplete } = await buildDocument(context, document);
      await buckets.site.put(toObjectKey(path), content, toObjectHeaders(path, document.answer));
      if (!isComplete) fingerprints[path] = incomplete;
    }),
  );
  const removed = Object.keys(before).filter((path) => !(path in fingerprints));
  await mapInParallel(removed, (path) => buckets.site.delete(toObjectKey(path)));
  return { fingerprints, written: changed.map(({ path }) => path) };
};

/**
 * Builds a document from all its articles. Where that fails, it leaves out those that it cannot be built from alone.
 */
const buildDocument = async (
  { failures }: BuildContext,
  { ids, build }: PlannedDocument,
): Promise<{ readonly content: DocumentContent; readonly isComplete: boolean }> => {
  try {
    return { content: await build(new Set(ids)), isComplete: true };
  } catch (error) {
    if (isServiceFailure(error)) throw error;
    const sound = await mapSeparately(
      ids,
      async (id) => {
        await build(new Set([id]));
        return id;
      },
      (id, failure) => failures.articles.set(id, failure),
      1,
    );
    return { content: await build(new Set(sound)), isComplete: sound.length === ids.length };
  }
};
