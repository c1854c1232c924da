import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { pictureWorkerModule, seedParserModule } from '../../functions/platform/contract.ts';
import { fingerprintDocumentCode } from './fingerprint-document-code.ts';

/** The Lambdas of `functions/`, named as their files. */
const lambdaNames = [
  'publish',
  'resize-picture',
  'compose-issue',
  'deliver',
  'record-feedback',
  'subscriptions',
] as const;
export type LambdaName = (typeof lambdaNames)[number];

const projectFolder = fileURLToPath(new URL('../../', import.meta.url));

/** CommonJS packages inside an ES module bundle ask for `require`, which ES modules do not have. */
const requireForCommonJs =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

const sourceExtension = extname(import.meta.url);

/** Packages that a function in Lambda does not need, and what they are replaced by. */
const substitutes = {
  '@aws-sdk/credential-provider-node': 'runtime/environment-credentials',
  postcss: 'core/article/body/no-style-parser',
} as const;

/** The parser of `sanitize-html`: `html-to-text` brings an older one, which does the same. */
const findHtmlParser = (): string =>
  createRequire(createRequire(import.meta.url).resolve('sanitize-html')).resolve('htmlparser2');

export interface LambdaBundles {
  readonly modules: ReadonlyMap<string, Uint8Array>;
  /** Of the code that shapes documents. */
  readonly documentCode: string;
}

/**
 * Bundles all Lambdas whole, the process that parses seeds and the thread that resizes pictures: they use nothing that the runtime brings along, so the
 * bytes that were tested are the bytes that run. One call of esbuild parses what they share once; `NodejsFunction`
 * would start npx and esbuild for each of them, one after the other.
 */
export const bundleLambdas = (): LambdaBundles => {
  const { metafile, outputFiles } = buildSync({
    absWorkingDir: projectFolder,
    entryPoints: [...lambdaNames, `adapters/${seedParserModule}`, `adapters/${pictureWorkerModule}`].map(
      (path) => `functions/${path}${sourceExtension}`,
    ),
    outdir: projectFolder,
    write: false,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    metafile: true,
    alias: {
      ...Object.fromEntries(
        Object.entries(substitutes).map(([name, path]) => [
          name,
          join(projectFolder, 'functions', `${path}${sourceExtension}`),
        ]),
      ),
      // Templates are precompiled.
      handlebars: 'handlebars/runtime.js',
      htmlparser2: findHtmlParser(),
    },
    banner: { js: requireForCommonJs },
    logLevel: 'error',
  });
  const publish = Object.values(metafile.outputs).find(
    ({ entryPoint }) => entryPoint === `functions/publish${sourceExtension}`,
  );
  return {
    modules: new Map(outputFiles.map(({ path, contents }) => [basename(path, '.js'), contents])),
    documentCode: fingerprintDocumentCode(metafile, new Set(Object.keys(publish?.inputs ?? {})), (path) =>
      readFileSync(join(projectFolder, path)),
    ),
  };
};
