import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createListeners } from '../base/create-listeners.ts';
import { openDatabase } from '../base/database.ts';
import { formatErrorMessage } from '../base/format-error-message.ts';
import { type RunningServer, serve } from '../base/http-server.ts';
import { ServiceError } from '../base/service-error.ts';
import { type AccessControl, AccessDeniedError, ownerAccess } from '../iam/create-access-control.ts';
import { openBodyFiles } from './body-files.ts';
import { type BucketStore, createBucketStore, type S3Listener } from './bucket-store.ts';
import { findS3Operation } from './routes.ts';
import { checkKeyLength, parseS3Request, type S3Request, type S3Response } from './s3-request.ts';
import { buildXmlDocument } from './xml.ts';

export interface S3Options {
  /** For bodies and, without a `database`, the records; by default a temporary folder, which is removed at the end. */
  readonly folder?: string;
  /** For the records; shared with other servers, whose listeners can join the transactions. */
  readonly database?: DatabaseSync;
  readonly port?: number;
  readonly buckets?: readonly string[];
  readonly now?: () => Date;
  /** Requests wait for it: the port is taken early, but nothing changes before all listeners are added. */
  readonly ready?: Promise<void>;
  /** Without it everybody may do all. */
  readonly access?: AccessControl;
}

export interface RunningS3 extends RunningServer {
  /** Calls the listener inside the transaction of each change. The returned function removes it. */
  onEvent(listener: S3Listener): () => void;
  addBucket(name: string): void;
  /** Answers a request of this process, which needs no client and no connection. @throws {ServiceError} */
  send(request: OwnRequest): Promise<S3Response>;
}

export interface OwnRequest extends Pick<S3Request, 'method' | 'bucket' | 'key'> {
  readonly headers?: S3Request['headers'];
  readonly bytes?: Buffer;
}

const toS3Error = (error: unknown): ServiceError => {
  if (error instanceof ServiceError) return error;
  return error instanceof AccessDeniedError
    ? new ServiceError(403, 'AccessDenied', error.message)
    : new ServiceError(500, 'InternalError', formatErrorMessage(error));
};

const toErrorResponse = (error: ServiceError, resource: string): S3Response => ({
  status: error.status,
  body: buildXmlDocument('Error', { Code: error.code, Message: error.message, Resource: resource }),
});

const sendResponse = async (response: ServerResponse, { status, headers, body }: S3Response): Promise<void> => {
  const isHead = response.req.method === 'HEAD';
  if (typeof body === 'string') response.setHeader('content-type', 'application/xml');
  response.writeHead(status, { ...headers });
  if (body instanceof Readable) await pipeline(body, response);
  else response.end(isHead || status === 304 ? undefined : body);
};

const handleRequest = async (
  store: BucketStore,
  access: AccessControl | undefined,
  incoming: IncomingMessage,
  response: ServerResponse,
) => {
  response.setHeader('x-amz-request-id', Date.now().toString(16).toUpperCase());
  let answer: S3Response;
  try {
    const request = parseS3Request(incoming, access?.identify(incoming) ?? ownerAccess);
    answer = await findS3Operation(request)(store, request);
  } catch (error) {
    answer = toErrorResponse(toS3Error(error), incoming.url ?? '');
  }
  // The client may have disconnected.
  await sendResponse(response, answer).catch(() => response.destroy());
};

const handleOwnRequest = async (
  store: BucketStore,
  { bytes, headers = {}, ...target }: OwnRequest,
): Promise<S3Response> => {
  checkKeyLength(target.key);
  const body = Readable.from(bytes === undefined ? [] : [bytes]);
  const request = { ...target, headers, body, query: new URLSearchParams(), access: ownerAccess };
  return findS3Operation(request)(store, request);
};

/**
 * Starts S3 on 127.0.0.1: records in SQLite, bodies in files, path-style URLs. Signatures are not verified.
 * @throws {PortInUseError}
 */
export const startS3 = async (options: S3Options = {}): Promise<RunningS3> => {
  const { port = 0, buckets = [], now = () => new Date(), ready, access } = options;
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'seedpress-s3-'));
  const bodies = openBodyFiles(join(folder, 'bodies'));
  const database = options.database ?? openDatabase(join(folder, 's3.sqlite'));
  const changes = createListeners<Parameters<S3Listener>>();
  const store = createBucketStore(database, { bodies, now, onChange: changes.notify });
  const addBucket = (name: string) => store.objects.addBucket(name, now().getTime());
  buckets.forEach(addBucket);
  const server = await serve(async (incoming, response) => {
    await ready;
    await handleRequest(store, access, incoming, response);
  }, port);
  return {
    ...server,
    addBucket,
    onEvent: changes.add,
    send: async (request) => {
      await ready;
      return handleOwnRequest(store, request);
    },
    close: async () => {
      await server.close();
      if (!options.database) database.close();
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
};
