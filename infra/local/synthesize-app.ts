import { spawn } from 'node:child_process';
import { extname } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { compileCacheFolder } from './base/compile-cache-folder.ts';

/** `.ts` in a checkout, `.js` in the package. */
export const appFile = fileURLToPath(new URL(`../app${extname(import.meta.url)}`, import.meta.url));

export class SynthesisError extends Error {
  override readonly name = 'SynthesisError';
}

export interface SynthesizeAppOptions {
  readonly print?: (text: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Runs the CDK app in a process of its own, so that its memory is free afterwards. Rules about AWS accounts are left to
 * `cdk synth`: they take longer than all the rest.
 * @param publicationFolder with the settings
 * @throws {SynthesisError}
 */
export const synthesizeApp = async (
  publicationFolder: string,
  outdir: string,
  { print = () => {}, signal }: SynthesizeAppOptions = {},
): Promise<void> => {
  print('Building the app …');
  const app = spawn(process.execPath, [appFile], {
    cwd: publicationFolder,
    env: { ...process.env, CDK_OUTDIR: outdir, CDK_VALIDATION: 'false', NODE_COMPILE_CACHE: compileCacheFolder },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    app.once('error', reject);
    app.once('close', resolve);
  });
  const errors: string[] = [];
  let isBundling = false;
  createInterface({ input: app.stderr }).on('line', (line) => {
    if (!line.startsWith('Bundling asset ')) errors.push(line);
    else if (!isBundling) {
      isBundling = true;
      print('Bundling the Lambdas …');
    }
  });
  const [code, stdout] = await Promise.all([ended, text(app.stdout)]);
  if (code !== 0)
    throw new SynthesisError((errors.join('\n') || stdout).trim() || `${appFile} ended with code ${code}`);
};
