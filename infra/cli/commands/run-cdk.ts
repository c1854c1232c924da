import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { compileCacheFolder } from '../../local/base/compile-cache-folder.ts';
import { appFile } from '../../local/synthesize-app.ts';
import { findPublicationFolder } from '../../publication-folder/find-publication-folder.ts';
import { CliError } from '../output/cli-error.ts';
import type { GlobalOptions } from '../output/io.ts';

const runNode = (args: readonly string[]): void => {
  const env = { ...process.env, NODE_COMPILE_CACHE: compileCacheFolder };
  const { status, error } = spawnSync(process.execPath, args, { cwd: findPublicationFolder(), stdio: 'inherit', env });
  if (error) throw new CliError(error.message);
  // It has said why.
  if (status !== 0) throw new CliError([], status ?? 1);
};

/** Synthesizes the CDK app of the publication, as `cdk` asks its `app` to. */
export const runSynth = async (): Promise<void> => runNode([appFile]);

interface DeployOptions extends GlobalOptions {
  readonly stage?: string;
}

/** Runs `cdk deploy` with more options of its own. */
export const runDeploy = async (cdkOptions: readonly string[], { stage }: DeployOptions): Promise<void> => {
  const cdk = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');
  const app = ['--app', `"${process.execPath}" "${appFile}"`];
  const context = stage === undefined ? [] : ['--context', `stage=${stage}`];
  runNode([cdk, 'deploy', ...app, ...context, ...cdkOptions]);
};
