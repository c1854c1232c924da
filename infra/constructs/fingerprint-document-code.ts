import { createHash } from 'node:crypto';
import type { Metafile } from 'esbuild';

/** What of `functions/` decides what documents say, and how they are stored. */
const documentSource = /^functions\/(?:core\/|publish\/|adapters\/site-objects\.)/;

/** Libraries lie in the project's folder, or in one above it where the project is itself a library. */
const toStableName = (path: string): string => path.replace(/^(?:\.\.\/)*(?:.*node_modules\/)?/, '');

/** zod checks what is read, and prints nothing. */
const isLibraryThatPrintsNothing = (path: string): boolean => toStableName(path).startsWith('zod/');

/** Other code of ours is not followed; whatever these files use of a library belongs to the documents, too. */
const listDocumentSources = ({ inputs }: Pick<Metafile, 'inputs'>, bundled: ReadonlySet<string>): string[] => {
  const found = new Set<string>();
  const add = (path: string): void => {
    if (found.has(path) || !bundled.has(path) || isLibraryThatPrintsNothing(path)) return;
    found.add(path);
    for (const { path: imported } of inputs[path]?.imports ?? []) {
      if (!imported.startsWith('functions/') || documentSource.test(imported)) add(imported);
    }
  };
  for (const path of bundled) if (documentSource.test(path)) add(path);
  return [...found];
};

/**
 * Fingerprint of the code that shapes documents: our own, and the libraries that it uses. Other code of the bundle,
 * such as the AWS SDK, can change without a rebuild of the site: docs/decisions/0034-build-version-from-documents.md.
 * @param read reads a file that esbuild has bundled
 */
export const fingerprintDocumentCode = (
  metafile: Pick<Metafile, 'inputs'>,
  bundled: ReadonlySet<string>,
  read: (path: string) => string | Uint8Array,
): string => {
  // Two versions of a library have files of one name: the order is that of their contents.
  const lines = listDocumentSources(metafile, bundled).map(
    (path) => `${toStableName(path)} ${createHash('sha256').update(read(path)).digest('hex')}`,
  );
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex');
};
