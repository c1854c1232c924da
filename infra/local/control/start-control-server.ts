import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { serve } from '../base/http-server.ts';
import { removeControlFile, writeControlFile } from './control-file.ts';
import { type ControlRequest, controlRequestSchema } from './control-protocol.ts';

/**
 * Takes requests on 127.0.0.1, one at a time, from those who can read the file that it writes into the data folder.
 * @param handleControlRequest gives the answer, which is sent as JSON
 */
export const startControlServer = async (
  data: string,
  handleControlRequest: (request: ControlRequest) => unknown,
): Promise<{ close(): Promise<void> }> => {
  const token = randomBytes(24).toString('hex');
  let previous: Promise<unknown> = Promise.resolve();
  const respond = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (incoming.method !== 'POST' || incoming.headers.authorization !== `Bearer ${token}`) {
      response.writeHead(403).end();
      return;
    }
    try {
      const request = controlRequestSchema.parse(await json(incoming));
      const done = previous.then(() => handleControlRequest(request));
      previous = done.catch(() => undefined);
      const answer = JSON.stringify((await done) ?? null);
      response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  };
  const server = await serve((incoming, response) => void respond(incoming, response), 0);
  writeControlFile(data, { endpoint: server.endpoint, token });
  return {
    close: async () => {
      removeControlFile(data);
      await server.close();
    },
  };
};
