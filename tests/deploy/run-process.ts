import { spawn } from 'node:child_process';

export interface ProcessOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** After so many seconds it is stopped, which counts as a failure. */
  readonly timeoutSeconds: number;
  /** Stops it early. */
  readonly signal: AbortSignal;
}

export class ProcessFailed extends Error {
  override readonly name = 'CommandFailed';
}

/**
 * Runs a command to its end, with nothing on its standard input.
 * @returns what it wrote to its standard output
 * @throws {ProcessFailed} with the end of what it printed, when it cannot be started, fails or takes too long
 */
export const runProcess = (
  command: string,
  args: readonly string[],
  { cwd, env, timeoutSeconds, signal }: ProcessOptions,
): Promise<string> => {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  // A group of its own, so that what it starts ends with it.
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const output: string[] = [];
  const printed: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => output.push(text));
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => printed.push(text));
  const stop = (): void => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  };
  const timer = setTimeout(stop, timeoutSeconds * 1000);
  signal.addEventListener('abort', stop);
  const fail = (how: string): void => {
    const end = printed.join('').split('\n').slice(-40).join('\n');
    reject(new ProcessFailed(`${command} ${args[0] ?? ''} ${how}\n${end}`));
  };
  child.on('error', ({ message }) => fail(message));
  child.on('close', (code, by) => {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    if (code === 0) resolve(output.join(''));
    else fail(code === null ? `was stopped (${by}) after at most ${timeoutSeconds} s` : `ended with ${code}`);
  });
  return promise;
};
