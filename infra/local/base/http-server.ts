import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { type ForeignRequestRules, refuseForeignRequests } from './refuse-foreign-requests.ts';

export interface RunningServer {
  /** Such as `http://127.0.0.1:9000`. */
  readonly endpoint: string;
  readonly port: number;
  close(): Promise<void>;
}

export class PortInUseError extends Error {
  override readonly name = 'PortInUseError';
  readonly port: number;

  constructor(port: number, options?: ErrorOptions) {
    super(`port ${port} is taken by another program`, options);
    this.port = port;
  }
}

const hasErrorCode = (error: Error, code: string): boolean => 'code' in error && error.code === code;

/**
 * Binds a server to 127.0.0.1; port 0 takes any free one.
 * @throws {PortInUseError}
 */
export const listen = (server: Server, port: number): Promise<RunningServer> =>
  new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(hasErrorCode(error, 'EADDRINUSE') ? new PortInUseError(port, { cause: error }) : error),
    );
    // SDK clients keep connections alive; requests would fail if the server closed an idle one first.
    server.keepAliveTimeout = 120_000;
    server.requestTimeout = 0;
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const bound = typeof address === 'object' && address ? address.port : port;
      resolve({ endpoint: `http://127.0.0.1:${bound}`, port: bound, close: () => closeServer(server) });
    });
  });

/** The port itself, or any free one for port 0. @throws {PortInUseError} */
export const findFreePort = async (port: number): Promise<number> => {
  const probe = await listen(createServer(), port);
  await probe.close();
  return probe.port;
};

/** Reads a JSON body; an empty one is `{}`. @throws {SyntaxError} */
export const readJsonBody = async (incoming: IncomingMessage): Promise<unknown> =>
  JSON.parse((await text(incoming)) || '{}');

export const serve = (
  listener: RequestListener,
  port: number,
  rules: ForeignRequestRules = {},
): Promise<RunningServer> => listen(createServer(refuseForeignRequests(listener, rules)), port);

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
