import type { Terminal } from '../../../infra/cli/output/io.ts';
import { runCli } from '../../../infra/cli/run-cli.ts';

/** Runs the operator's command in this process, with what it wrote. */
export const runSeedpress = async (
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  more: Pick<Terminal, 'ask' | 'input' | 'isTerminal'> = {},
): Promise<{ exitCode: number; out: string; err: string }> => {
  const written = { out: '', err: '' };
  const exitCode = await runCli(args, {
    environment,
    ...more,
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
  });
  return { exitCode, ...written };
};
