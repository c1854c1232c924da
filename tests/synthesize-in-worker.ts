import module from 'node:module';
import { resolve } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { z } from 'zod';
import { productFolder } from '../infra/publication-folder/find-publication-folder.ts';
import { readPublicationContext } from '../infra/publication-folder/read-publication-context.ts';
import { synthesize } from '../infra/synthesize.ts';

// A thread must be told.
module.enableCompileCache(process.env.NODE_COMPILE_CACHE);

const folder = resolve(productFolder);
const requestSchema = z.object({ outdir: z.string(), context: z.record(z.string(), z.unknown()) });

/**
 * A worker that synthesizes as `infra/app.ts` does, one context after the other: reading CDK and CloudFormation's rules
 * takes ten times as long as a synthesis. Answers each request with the failure, or nothing.
 */
parentPort?.on('message', async (message: unknown) => {
  try {
    const { outdir, context } = requestSchema.parse(message);
    await synthesize({ outdir, folder, context: { ...(await readPublicationContext(folder)), ...context } });
    module.flushCompileCache();
    parentPort?.postMessage('');
  } catch (error) {
    parentPort?.postMessage(error instanceof Error ? error.stack : String(error));
  }
});
