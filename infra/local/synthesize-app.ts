import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** The app could not be synthesized; the message is what it said. */
export class SynthesisError extends Error {
  override readonly name = 'SynthesisError';
}

/**
 * Runs the CDK app in a process of its own, so that neither its memory nor its ways stay with the local run.
 * @param root the project's folder
 * @throws {SynthesisError}
 */
export const synthesizeApp = async (root: string, outdir: string): Promise<void> => {
  const app = spawn(process.execPath, ['infra/app.ts'], {
    cwd: root,
    env: { ...process.env, CDK_OUTDIR: outdir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    app.once('error', reject);
    app.once('close', resolve);
  });
  const [code, stdout, stderr] = await Promise.all([ended, text(app.stdout), text(app.stderr)]);
  if (code !== 0)
    throw new SynthesisError((stderr || stdout).trim() || `infra/app.ts ended with code ${code}`);
};
