import { run } from '../../../infra/operator/run.ts';

/** Runs the operator's command in this process, with what it wrote. */
export const runCommand = async (
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ exitCode: number; out: string; err: string }> => {
  const written = { out: '', err: '' };
  const exitCode = await run(args, {
    environment,
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
  });
  return { exitCode, ...written };
};
