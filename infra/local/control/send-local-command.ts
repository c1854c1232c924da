import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { readControlFile } from './control-file.ts';
import { commandReplySchema, type LocalCommand } from './local-command.ts';

/** There is no local run on the folder. */
export class NotRunningError extends Error {
  override readonly name = 'NotRunningError';
}

const postCommand = async (data: string, command: LocalCommand): Promise<ReadableStream<Uint8Array>> => {
  const createNotRunningError = (cause?: unknown) =>
    new NotRunningError(`Seedpress is not running on ${data}. Start it first: npm start`, { cause });
  const address = readControlFile(data);
  if (!address) throw createNotRunningError();
  const answer = await fetch(address.endpoint, {
    method: 'POST',
    headers: { authorization: `Bearer ${address.token}` },
    body: JSON.stringify(command),
  }).catch((error: unknown) => {
    throw createNotRunningError(error);
  });
  // A run that was killed leaves its file, and another program may have its port by now.
  if (!answer.ok || !answer.body) throw createNotRunningError();
  return answer.body;
};

/**
 * Has the local run on a data folder do something, and hands on what it says.
 * @returns the exit code
 * @throws {NotRunningError}
 */
export const sendLocalCommand = async (
  data: string,
  command: LocalCommand,
  print: (text: string) => void,
): Promise<number> => {
  const body = await postCommand(data, command);
  try {
    for await (const line of createInterface({ input: Readable.fromWeb(body) })) {
      const reply = commandReplySchema.parse(JSON.parse(line));
      if ('exitCode' in reply) return reply.exitCode;
      print(reply.text);
    }
  } catch {
    // The connection broke, as it does when the run is stopped.
  }
  print('The local run ended before it was done.');
  return 1;
};
