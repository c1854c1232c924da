import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { TestProject } from 'vitest/node';
import { serve } from '../infra/local/base/http-server.ts';
import { templatesFolder, writeTemplates } from '../infra/templates.ts';
import { runCdkApp } from './infra/run-cdk-app.ts';
import { buildsVariable } from './request-build.ts';

const synthesize = async (folder: string, context: string): Promise<string> => {
  const outdir = await mkdtemp(join(folder, 'assembly-'));
  const { status, stderr } = await runCdkApp(outdir, context === '' ? undefined : JSON.parse(context));
  if (status !== 0) throw new Error(`infra/app.ts failed:\n${stderr}`);
  return outdir;
};

const writeCompiledTemplates = async (folder: string): Promise<string> => {
  const file = join(folder, 'templates.json');
  await writeTemplates(templatesFolder, file);
  return file;
};

/**
 * Vitest's global setup: cloud assemblies and compiled templates for all test files, each built once in a run, when the
 * first test asks for it, and gone at the end.
 */
const serveBuilds = async (project: TestProject): Promise<() => Promise<void>> => {
  const folder = await mkdtemp(join(tmpdir(), 'seedpress-builds-'));
  const builds = new Map<string, Promise<string>>();
  const build = (name: string, input: string): Promise<string> => {
    const key = `${name} ${input}`;
    const known = builds.get(key);
    if (known) return known;
    const started = name === '/templates' ? writeCompiledTemplates(folder) : synthesize(folder, input);
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
    await rm(folder, { recursive: true });
  };
};

export default serveBuilds;
