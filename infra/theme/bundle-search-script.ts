import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { sitePaths } from '../../functions/core/site-paths.ts';
import { memoize } from '../../functions/core/text/memoize.ts';

const entryPoint = fileURLToPath(
  new URL(`../../functions/browser/search-page${extname(import.meta.url)}`, import.meta.url),
);

/** Bundles the script of the search page, as a file of the site. The hash in its name lets browsers keep it. */
export const bundleSearchScript = memoize((): Readonly<Record<string, string>> => {
  const { outputFiles } = buildSync({
    entryPoints: [entryPoint],
    write: false,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    // As in the tsconfig.json beside it, so that browsers of 2022 have all that it calls.
    target: 'es2022',
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'error',
  });
  const bytes = Buffer.from(outputFiles[0]?.contents ?? []);
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  return { [sitePaths.searchScript(hash)]: bytes.toString('base64') };
});
