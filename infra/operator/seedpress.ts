import { askOnTerminal } from './output/ask.ts';
import { runCli } from './run.ts';

/** `npx seedpress …`: what an operator does to a publication, be it deployed or the local run. */
process.exitCode = await runCli(process.argv.slice(2), {
  environment: process.env,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  input: process.stdin,
  isTerminal: process.stderr.isTTY,
  ...(process.stdin.isTTY && process.stderr.isTTY && { ask: askOnTerminal }),
});
