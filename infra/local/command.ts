import { fileURLToPath } from 'node:url';
import { readArguments } from './control/read-arguments.ts';
import { sendCommand } from './control/send-command.ts';
import { explainFailure } from './explain-failure.ts';

/** `npm run local -- …`: tells the running local run what to do. */
const root = fileURLToPath(new URL('../../', import.meta.url));
const print = (text: string): void => console.log(text);

const run = async (): Promise<number> => {
  const read = readArguments(process.argv.slice(2), root);
  if ('help' in read) {
    print(read.help);
    return 0;
  }
  return sendCommand(read.data, read.command, print);
};

try {
  process.exitCode = await run();
} catch (error) {
  const { message, exitCode } = explainFailure(error);
  console.error(message);
  process.exitCode = exitCode;
}
