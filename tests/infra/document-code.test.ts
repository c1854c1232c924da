import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { expect, test } from 'vitest';
import { fingerprintDocumentCode } from '../../infra/constructs/fingerprint-document-code.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root));
const { metafile } = buildSync({
  absWorkingDir: fileURLToPath(root),
  entryPoints: ['functions/publish.ts'],
  write: false,
  bundle: true,
  format: 'esm',
  platform: 'node',
  mainFields: ['module', 'main'],
  metafile: true,
});
const bundled = new Set(Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs)));

/** The fingerprint where the files that a pattern matches have another content. */
const fingerprintWith = (changed: RegExp): string => {
  expect([...bundled].filter((path) => changed.test(path)).length, String(changed)).toBeGreaterThan(0);
  return fingerprintDocumentCode(metafile, bundled, (path) => (changed.test(path) ? 'changed' : read(path)));
};
const original = fingerprintDocumentCode(metafile, bundled, read);

test.each([
  /node_modules\/@aws-sdk\//,
  /node_modules\/@smithy\//,
  /node_modules\/@aws-lambda-powertools\//,
  /node_modules\/zod\//,
  /functions\/(?:runtime|platform|adapters\/table)\//,
])('other code in %s builds no document again', (changed) => {
  expect(fingerprintWith(changed)).toBe(original);
});

test.each([
  /functions\/core\/feed\//,
  /functions\/core\/site\//,
  /functions\/core\/render\.ts$/,
  /functions\/adapters\/site-objects\.ts$/,
  /functions\/publish\/plan-month-documents\.ts$/,
  /node_modules\/feed\//,
  /node_modules\/handlebars\//,
  /node_modules\/luxon\//,
  /node_modules\/xml-js\//,
])('other code in %s builds every document again', (changed) => {
  expect(fingerprintWith(changed)).not.toBe(original);
});

test('the fingerprint does not depend on where the libraries are', () => {
  const move = (path: string): string =>
    path.startsWith('functions/') ? path : `../../${path.replace(/^.*?node_modules\//, '')}`;
  const inputs = Object.fromEntries(
    Object.entries(metafile.inputs).map(([path, input]) => [
      move(path),
      { ...input, imports: input.imports.map((each) => ({ ...each, path: move(each.path) })) },
    ]),
  );
  const origins = new Map([...bundled].map((path) => [move(path), path]));
  expect(fingerprintDocumentCode({ inputs }, new Set(origins.keys()), (path) => read(origins.get(path) ?? ''))).toBe(
    original,
  );
});
