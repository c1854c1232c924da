import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { PrecompiledTemplates } from '../functions/core/render.ts';
import { compileTemplates, templatesFolder } from '../infra/templates.ts';
import { precompileTemplates } from '../infra/theme/precompile-templates.ts';

/** The environment variable with the address of the run's builds, which `serve-builds.ts` sets. */
export const buildsVariable = 'SEEDPRESS_TEST_BUILDS';

/**
 * Gives the path of something that is built once in a test run.
 * @param input what it is built from: of an assembly, the context as JSON, or nothing for that of cdk.json
 */
export const requestBuild = async (name: 'assembly' | 'templates', input = ''): Promise<string> => {
  const response = await fetch(`${process.env[buildsVariable]}/${name}`, { method: 'POST', body: input });
  const answer = await response.text();
  if (!response.ok) throw new Error(answer);
  return answer;
};

/** The project's own templates. Benchmarks, which run outside of a test run, compile them themselves. */
export const readCompiledTemplates = async (): Promise<PrecompiledTemplates> =>
  process.env[buildsVariable] === undefined
    ? precompileTemplates(await compileTemplates(templatesFolder))
    : z.record(z.string(), z.string()).parse(JSON.parse(await readFile(await requestBuild('templates'), 'utf8')));
