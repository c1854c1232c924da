import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { serve } from '../base/http-server.ts';
import { advanceWeeks } from './advance-weeks.ts';
import type { CommandClient, CommandContext } from './command-context.ts';
import { removeControlFile, writeControlFile } from './control-file.ts';
import { formatLocalStatus } from './format-local-status.ts';
import { CommandError, type CommandReply, type LocalCommand, localCommandSchema } from './local-command.ts';
import { formatConnection } from './local-connection.ts';
import { runIssueCommand } from './run-issue-command.ts';

const runCommand = async (
  run: CommandContext,
  command: LocalCommand,
  asked: CommandClient,
): Promise<void> => {
  if (command.do === 'issue') await runIssueCommand(run, command, asked);
  else if (command.do === 'weeks') await advanceWeeks(run, command, asked);
  else if (command.do === 'connection') asked.print(formatConnection(run));
  else asked.print(await formatLocalStatus(run));
};

const formatError = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error instanceof CommandError ? error.message : (error.stack ?? error.message);
};

/**
 * Takes commands on 127.0.0.1, one at a time, from whoever can read the file that it leaves in the data folder. The
 * answer is a JSON object on each line, as things happen.
 */
export const startControlServer = async (
  data: string,
  run: CommandContext,
): Promise<{ close(): Promise<void> }> => {
  const token = randomBytes(24).toString('hex');
  let last: Promise<unknown> = Promise.resolve();
  const handleRequest = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (incoming.method !== 'POST' || incoming.headers.authorization !== `Bearer ${token}`) {
      response.writeHead(403).end();
      return;
    }
    const disconnected = new AbortController();
    response.on('close', () => disconnected.abort());
    const reply = (line: CommandReply): void => {
      if (!response.writableEnded) response.write(`${JSON.stringify(line)}\n`);
    };
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    try {
      const command = localCommandSchema.parse(await json(incoming));
      const done = last.then(() =>
        disconnected.signal.aborted
          ? undefined
          : runCommand(run, command, { print: (text) => reply({ text: text }), signal: disconnected.signal }),
      );
      last = done.catch(() => {});
      await done;
      reply({ exitCode: 0 });
    } catch (error) {
      reply({ text: formatError(error) });
      reply({ exitCode: error instanceof CommandError ? 2 : 1 });
    }
    response.end();
  };
  const server = await serve((incoming, response) => void handleRequest(incoming, response), 0);
  writeControlFile(data, { endpoint: server.endpoint, token });
  return {
    close: async () => {
      removeControlFile(data);
      await server.close();
    },
  };
};
