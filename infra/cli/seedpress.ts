import { createInterface } from 'node:readline/promises';
import { runCli } from './run-cli.ts';

/** Asks on the terminal, beside what goes to the output. */
const askOnTerminal = async (question: string): Promise<string> => {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
};

/** `npx seedpress …`: what an operator does to a publication, be it deployed or the local run. */
process.exitCode = await runCli(process.argv.slice(2), {
  environment: process.env,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  input: process.stdin,
  isTerminal: process.stderr.isTTY,
  ...(process.stdin.isTTY && process.stderr.isTTY && { ask: askOnTerminal }),
});
