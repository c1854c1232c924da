import { fileURLToPath } from 'node:url';
import { toCommandFailure } from './command-failure.ts';
import { parseLocalArguments } from './control/parse-local-arguments.ts';
import { sendLocalCommand } from './control/send-local-command.ts';

/** `npm run local -- …`: tells the running local run what to do. */
const root = fileURLToPath(new URL('../../', import.meta.url));
const print = (text: string): void => console.log(text);

const run = async (): Promise<number> => {
  const read = parseLocalArguments(process.argv.slice(2), root);
  if ('help' in read) {
    print(read.help);
    return 0;
  }
  return sendLocalCommand(read.data, read.command, print);
};

try {
  process.exitCode = await run();
} catch (error) {
  const { message, exitCode } = toCommandFailure(error);
  console.error(message);
  process.exitCode = exitCode;
}
