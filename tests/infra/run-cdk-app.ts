import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface CdkAppRun {
  readonly status: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the app as `cdk synth` does, with other settings, for a region and with credentials for an account where given.
 * The rules are left to `synthesize-in-worker.ts`: they take three times as long as all the rest.
 */
export const runCdkApp = (outdir: string, context?: unknown, region?: string, account?: string): Promise<CdkAppRun> =>
  new Promise((resolve) => {
    const env = {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      TMPDIR: process.env.TMPDIR,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      CDK_OUTDIR: outdir,
      CDK_VALIDATION: 'false',
      ...(context === undefined ? {} : { CDK_CONTEXT_JSON: JSON.stringify(context) }),
      ...(region === undefined ? {} : { CDK_DEFAULT_REGION: region }),
      ...(account === undefined ? {} : { CDK_DEFAULT_ACCOUNT: account }),
    };
    execFile(process.execPath, ['infra/app.ts'], { cwd: root, env }, (error, stdout, stderr) =>
      resolve({ status: error ? error.code : 0, stdout, stderr }),
    );
  });

/** Runs the app with settings that it refuses; nothing stays of its output folder. */
export const runRefusedCdkApp = async (context: unknown, region?: string): Promise<CdkAppRun> => {
  const outdir = await mkdtemp(join(tmpdir(), 'seedpress-refused-'));
  try {
    return await runCdkApp(outdir, context, region);
  } finally {
    await rm(outdir, { recursive: true });
  }
};

const cdkJsonSchema = z.object({
  context: z.looseObject({ publication: z.record(z.string(), z.unknown()) }),
});

/**
 * The context of cdk.json with changes to the publication or beside it, and without bundles, which do not depend on
 * settings.
 */
export const buildContext = (
  publication: Readonly<Record<string, unknown>>,
  otherContext: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> => {
  const { context } = cdkJsonSchema.parse(JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')));
  return {
    ...context,
    ...otherContext,
    'aws:cdk:bundling-stacks': [],
    publication: { ...context.publication, ...publication },
  };
};
