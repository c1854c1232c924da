import { once } from 'node:events';
import { mkdtemp, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Worker } from 'node:worker_threads';
import type { TestProject } from 'vitest/node';
import { compileCacheFolder } from '../infra/local/base/compile-cache-folder.ts';
import { serve } from '../infra/local/base/http-server.ts';
import { compileTemplates, templatesFolder } from '../infra/templates.ts';
import { precompileTemplates } from '../infra/theme/precompile-templates.ts';
import { runCdkApp } from './infra/run-cdk-app.ts';
import { buildsVariable } from './request-build.ts';

/** The project as it is, bundles included. */
const runApp = async (outdir: string): Promise<void> => {
  const { status, stderr } = await runCdkApp(outdir);
  if (status !== 0) throw new Error(`infra/app.ts failed:\n${stderr}`);
};

/** Synthesizes contexts one after the other, in a thread that is started for the first. */
const createSynthesizer = () => {
  let worker: Worker | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const synthesizeNow = async (outdir: string, context: unknown): Promise<void> => {
    worker ??= new Worker(new URL('synthesize-in-worker.ts', import.meta.url), {
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        TMPDIR: process.env.TMPDIR,
        NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      },
    });
    worker.postMessage({ outdir, context });
    const [failure] = await once(worker, 'message');
    if (failure !== '') throw new Error(`the synthesis failed: ${failure}`);
  };
  return {
    synthesize: (outdir: string, context: unknown): Promise<void> => {
      const synthesis = last.then(() => synthesizeNow(outdir, context));
      last = synthesis.catch(() => {});
      return synthesis;
    },
    stop: () => worker?.terminate(),
  };
};

const writeCompiledTemplates = async (folder: string): Promise<string> => {
  const file = join(folder, 'templates.json');
  await writeFile(file, JSON.stringify(precompileTemplates(await compileTemplates(templatesFolder))));
  return file;
};

const memoryFolder = '/dev/shm';
/** What the temporary files of a run may take; a container often has 64 MB. */
const minMemoryBytes = 4 * 1024 ** 3;

/** Linux has a file system in memory, where to write a file again takes microseconds instead of milliseconds. */
const findFastestFolder = async (): Promise<string> => {
  try {
    const { bavail, bsize } = await statfs(memoryFolder);
    // Docker may mount it so that no program in it can be started.
    const mayExecute = !/ \/dev\/shm \S+ \S*\bnoexec\b/.test(await readFile('/proc/mounts', 'utf8'));
    return mayExecute && bavail * bsize >= minMemoryBytes ? memoryFolder : tmpdir();
  } catch {
    return tmpdir();
  }
};

/**
 * Vitest's global setup: a folder for temporary files of all tests, and in it cloud assemblies and compiled templates,
 * each built once in a run, when the first test asks for it. All of it is gone at the end.
 */
const serveBuilds = async (project: TestProject): Promise<() => Promise<void>> => {
  const folder = await mkdtemp(join(await findFastestFolder(), 'seedpress-tests-'));
  // Outside of that folder, for the next run. Workers and other programs of the tests load CDK and the clients from it.
  process.env.NODE_COMPILE_CACHE = compileCacheFolder;
  process.env.TMPDIR = folder;
  const synthesizer = createSynthesizer();
  const writeAssembly = async (context: string): Promise<string> => {
    const outdir = await mkdtemp(join(folder, 'assembly-'));
    await (context === '' ? runApp(outdir) : synthesizer.synthesize(outdir, JSON.parse(context)));
    return outdir;
  };
  const builds = new Map<string, Promise<string>>();
  const build = (name: string, input: string): Promise<string> => {
    const key = `${name} ${input}`;
    const known = builds.get(key);
    if (known) return known;
    const started = name === '/templates' ? writeCompiledTemplates(folder) : writeAssembly(input);
    builds.set(key, started);
    return started;
  };
  const server = await serve(async (request, response) => {
    try {
      response.end(await build(request.url ?? '', await text(request)));
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  }, 0);
  process.env[buildsVariable] = server.endpoint;
  project.onTestsRerun(() => builds.clear());
  return async () => {
    await server.close();
    await synthesizer.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
};

export default serveBuilds;
