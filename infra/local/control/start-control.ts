import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { serve } from '../http-server.ts';
import { type Command, CommandRefused, commandSchema, type Reply } from './command.ts';
import { composeNow } from './compose-now.ts';
import { removeControlFile, writeControlFile } from './control-file.ts';
import { describeConnection } from './describe-connection.ts';
import { describeStatus } from './describe-status.ts';
import { passWeeks } from './pass-weeks.ts';
import type { Asked, Run } from './run.ts';

const obey = async (run: Run, command: Command, asked: Asked): Promise<void> => {
  if (command.do === 'issue') await composeNow(run, command, asked);
  else if (command.do === 'weeks') await passWeeks(run, command, asked);
  else if (command.do === 'connection') asked.say(describeConnection(run));
  else asked.say(await describeStatus(run));
};

const explain = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error instanceof CommandRefused ? error.message : (error.stack ?? error.message);
};

/**
 * Takes commands on 127.0.0.1, one at a time, from whoever can read the file that it leaves in the data folder. The
 * answer is a JSON object on each line, as things happen.
 */
export const startControl = async (data: string, run: Run): Promise<{ close(): Promise<void> }> => {
  const token = randomBytes(24).toString('hex');
  let last: Promise<unknown> = Promise.resolve();
  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (incoming.method !== 'POST' || incoming.headers.authorization !== `Bearer ${token}`) {
      response.writeHead(403).end();
      return;
    }
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const reply = (line: Reply): void => {
      if (!response.writableEnded) response.write(`${JSON.stringify(line)}\n`);
    };
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    try {
      const command = commandSchema.parse(await json(incoming));
      const done = last.then(() =>
        gone.signal.aborted
          ? undefined
          : obey(run, command, { say: (text) => reply({ say: text }), signal: gone.signal }),
      );
      last = done.catch(() => {});
      await done;
      reply({ exitCode: 0 });
    } catch (error) {
      reply({ say: explain(error) });
      reply({ exitCode: error instanceof CommandRefused ? 2 : 1 });
    }
    response.end();
  };
  const server = await serve((incoming, response) => void answer(incoming, response), 0);
  writeControlFile(data, { endpoint: server.endpoint, token });
  return {
    close: async () => {
      removeControlFile(data);
      await server.close();
    },
  };
};
