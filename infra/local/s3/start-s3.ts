import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openDatabase } from '../base/database.ts';
import { type RunningServer, serve } from '../base/http-server.ts';
import { openBodyFiles } from './body-files.ts';
import { type BucketStore, createBucketStore, type S3Listener } from './bucket-store.ts';
import { findS3Operation } from './routes.ts';
import { S3Error } from './s3-error.ts';
import { parseS3Request, type S3Response } from './s3-request.ts';
import { buildXmlDocument } from './xml.ts';

export interface S3Options {
  /** Where bodies and, without a `database`, the records are kept; absent: a temporary folder, removed at the end. */
  readonly folder?: string;
  /** Records are kept here, together with those of others, so that listeners can join in the transactions. */
  readonly database?: DatabaseSync;
  readonly port?: number;
  /** Made if they are not there. */
  readonly buckets?: readonly string[];
  readonly now?: () => Date;
  /** Requests wait for it: the port is taken early, and no change is made before all listeners are there. */
  readonly ready?: Promise<void>;
}

export interface RunningS3 extends RunningServer {
  /** Tells of every change from now on, inside its transaction. Gives a function that ends it. */
  onEvent(listener: S3Listener): () => void;
  addBucket(name: string): void;
}

const toS3Error = (error: unknown): S3Error =>
  error instanceof S3Error
    ? error
    : new S3Error(500, 'InternalError', error instanceof Error ? error.message : String(error));

const toErrorResponse = (error: S3Error, resource: string): S3Response => ({
  status: error.status,
  body: buildXmlDocument('Error', { Code: error.code, Message: error.message, Resource: resource }),
});

const sendResponse = async (
  response: ServerResponse,
  { status, headers, body }: S3Response,
): Promise<void> => {
  const isHead = response.req.method === 'HEAD';
  if (typeof body === 'string') response.setHeader('content-type', 'application/xml');
  response.writeHead(status, { ...headers });
  if (body instanceof Readable) await pipeline(body, response);
  else response.end(isHead || status === 304 ? undefined : body);
};

const handleRequest = async (store: BucketStore, incoming: IncomingMessage, response: ServerResponse) => {
  response.setHeader('x-amz-request-id', Date.now().toString(16).toUpperCase());
  let answer: S3Response;
  try {
    const request = parseS3Request(incoming);
    answer = await findS3Operation(request)(store, request);
  } catch (error) {
    answer = toErrorResponse(toS3Error(error), incoming.url ?? '');
  }
  // Whoever asked may have gone away meanwhile.
  await sendResponse(response, answer).catch(() => response.destroy());
};

/**
 * A small S3 on 127.0.0.1: records in SQLite, bodies in files, path-style addresses, signatures not verified.
 * @throws {PortInUseError}
 */
export const startS3 = async (options: S3Options = {}): Promise<RunningS3> => {
  const { port = 0, buckets = [], now = () => new Date(), ready: until } = options;
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'seedpress-s3-'));
  const bodies = openBodyFiles(join(folder, 'bodies'));
  const database = options.database ?? openDatabase(join(folder, 's3.sqlite'));
  const listeners = new Set<S3Listener>();
  const store = createBucketStore(database, { bodies, now, listeners });
  const addBucket = (name: string) => store.objects.addBucket(name, now().getTime());
  buckets.forEach(addBucket);
  const server = await serve(async (incoming, response) => {
    await until;
    await handleRequest(store, incoming, response);
  }, port);
  return {
    ...server,
    addBucket,
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      await server.close();
      if (!options.database) database.close();
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
};
