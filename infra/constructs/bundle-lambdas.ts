import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { seedParserModule } from '../../functions/platform/contract.ts';

/** The Lambdas of `functions/`, named as their files. */
const lambdaNames = ['publish', 'compose-issue', 'deliver', 'record-feedback', 'subscriptions'] as const;
export type LambdaName = (typeof lambdaNames)[number];

const projectFolder = fileURLToPath(new URL('../../', import.meta.url));

/** CommonJS packages inside an ES module bundle ask for `require`, which ES modules do not have. */
const requireForCommonJs =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

/**
 * Bundles all Lambdas whole, and the process that parses seeds: they use nothing that the runtime brings along, so the bytes that were tested are the
 * bytes that run. One call of esbuild parses what they share once; `NodejsFunction` would start npx and esbuild for
 * each of them, one after the other.
 */
export const bundleLambdas = (): ReadonlyMap<string, Uint8Array> => {
  const { outputFiles } = buildSync({
    absWorkingDir: projectFolder,
    entryPoints: [...lambdaNames, `adapters/${seedParserModule}`].map(
      (path) => `functions/${path}${extname(import.meta.url)}`,
    ),
    outdir: projectFolder,
    write: false,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    keepNames: true,
    banner: { js: requireForCommonJs },
    logLevel: 'error',
  });
  return new Map(outputFiles.map(({ path, contents }) => [basename(path, '.js'), contents]));
};
