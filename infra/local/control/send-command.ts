import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { type Command, replySchema } from './command.ts';
import { readControlFile } from './control-file.ts';

/** There is no local run on the folder. */
export class NotRunning extends Error {
  override readonly name = 'NotRunning';
}

const ask = async (data: string, command: Command): Promise<ReadableStream<Uint8Array>> => {
  const missing = (cause?: unknown) =>
    new NotRunning(`Seedpress is not running on ${data}. Start it first: npm start`, { cause });
  const address = readControlFile(data);
  if (!address) throw missing();
  const answer = await fetch(address.endpoint, {
    method: 'POST',
    headers: { authorization: `Bearer ${address.token}` },
    body: JSON.stringify(command),
  }).catch((error: unknown) => {
    throw missing(error);
  });
  // A run that was killed leaves its file, and another program may have its port by now.
  if (!answer.ok || !answer.body) throw missing();
  return answer.body;
};

/**
 * Has the local run on a data folder do something, and hands on what it says.
 * @returns the exit code
 * @throws {NotRunning}
 */
export const sendCommand = async (
  data: string,
  command: Command,
  print: (text: string) => void,
): Promise<number> => {
  const body = await ask(data, command);
  try {
    for await (const line of createInterface({ input: Readable.fromWeb(body) })) {
      const reply = replySchema.parse(JSON.parse(line));
      if ('exitCode' in reply) return reply.exitCode;
      print(reply.say);
    }
  } catch {
    // The connection broke, as it does when the run is stopped.
  }
  print('The local run ended before it was done.');
  return 1;
};
