import { execFileSync } from 'node:child_process';
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { productFolder } from '../publication-folder/find-publication-folder.ts';
import { readFeatureFlags } from '../publication-folder/read-publication-context.ts';

/**
 * Writes `dist`, which npm packs: the sources as JavaScript with types, and what they read, at the same paths to each
 * other. Node does not run TypeScript inside node_modules.
 */

const dist = join(productFolder, 'dist');
const sourceFolders = ['functions', 'infra'];

interface Compilation {
  readonly sources: readonly string[];
  readonly compilerOptions: Readonly<Record<string, unknown>>;
}

const runCompiler = async ({ sources, compilerOptions }: Compilation): Promise<void> => {
  const config = join(dist, 'tsconfig.json');
  const shared = {
    noEmit: false,
    rootDir: productFolder,
    outDir: dist,
    rewriteRelativeImportExtensions: true,
    noCheck: true,
  };
  const include = sources.map((source) => join(productFolder, source));
  const settings = {
    extends: '../tsconfig.json',
    compilerOptions: { ...shared, ...compilerOptions },
    include,
    exclude: [],
  };
  await writeFile(config, JSON.stringify(settings));
  execFileSync(join(productFolder, 'node_modules/.bin/tsc'), ['-p', config], { stdio: 'inherit' });
  await rm(config);
};

const compileSources = async (): Promise<void> => {
  await runCompiler({ sources: [...sourceFolders, 'package.json'], compilerOptions: {} });
  // Of what the package exports. The handlers of the Lambdas have types without a name.
  await runCompiler({
    sources: ['infra/mjml.d.ts', 'infra/stack.ts', 'infra/templates.ts', 'functions/core/publication.ts'],
    compilerOptions: { declaration: true, emitDeclarationOnly: true },
  });
};

/** Weights, prices, texts: what modules read beside them. */
const copyDataFiles = async (): Promise<void> => {
  for (const folder of sourceFolders)
    for (const entry of await readdir(join(productFolder, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || ['.ts', '.js'].includes(extname(entry.name))) continue;
      const file = join(entry.parentPath, entry.name);
      const target = join(dist, file.slice(productFolder.length));
      await mkdir(dirname(target), { recursive: true });
      await cp(file, target);
    }
};

await rm(dist, { recursive: true, force: true });
await mkdir(dist);
await compileSources();
await copyDataFiles();
await writeFile(join(dist, 'cdk.json'), JSON.stringify({ context: await readFeatureFlags() }));
await cp(join(productFolder, 'templates'), join(dist, 'templates'), { recursive: true });
await cp(join(productFolder, 'package.json'), join(dist, 'package.json'));
