import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import dynalite from 'dynalite';
import { createClientConfig, type LocalClientConfig } from '../base/aws-account.ts';
import { listen, type RunningServer } from '../base/http-server.ts';
import { refuseForeignRequests } from '../base/refuse-foreign-requests.ts';
import { ServiceError } from '../base/service-error.ts';
import { checkExpressionSizes } from './check-expression-sizes.ts';
import { OutdatedTableError } from './create-tables.ts';

export interface RunningDynamodb extends RunningServer {
  /** With the credentials of this run, without which no request is answered. */
  readonly clientConfig: LocalClientConfig;
}

/**
 * dynalite counts characters where DynamoDB counts the bytes of UTF-8, so it gets texts with one character for each byte,
 * and all its limits are those of DynamoDB. The order of keys stays: it is that of the bytes.
 */
const toByteCharacters = (json: string): string => Buffer.from(json).toString('latin1');
const fromByteCharacters = (json: string): string => Buffer.from(json, 'latin1').toString();

const sendBody = (response: ServerResponse, body: string): void => {
  response.setHeader('content-length', Buffer.byteLength(body));
  response.setHeader('x-amz-crc32', crc32(body));
  response.end(body);
};

/** @throws {ServiceError} */
const checkAccessKey = ({ headers }: IncomingMessage, accessKeyId: string): void => {
  const [, given] = /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\//.exec(headers.authorization ?? '') ?? [];
  if (given === accessKeyId) return;
  const [code, message] = given
    ? ['UnrecognizedClientException', 'The security token included in the request is invalid.']
    : ['MissingAuthenticationTokenException', 'Request is missing Authentication Token'];
  throw new ServiceError(400, `com.amazon.coral.service#${code}`, message);
};

/** A body that is not JSON is left to dynalite, which refuses it. */
const normalizeJson = (body: string): string => {
  try {
    const request: unknown = JSON.parse(body);
    checkExpressionSizes(request);
    // Without escapes, each of which would count as several bytes.
    return JSON.stringify(request);
  } catch (error) {
    if (error instanceof SyntaxError) return body;
    throw error;
  }
};

type AnswerRequest = (request: Readable, response: ServerResponse) => void;

const createListener =
  (answer: AnswerRequest, accessKeyId: string): RequestListener =>
  async (incoming, response) => {
    try {
      checkAccessKey(incoming, accessKeyId);
      const body = toByteCharacters(normalizeJson(await text(incoming)));
      const { headers, method, url } = incoming;
      const end = response.end.bind(response);
      response.end = (content?: unknown) => {
        response.end = end;
        if (typeof content !== 'string') return response.end();
        sendBody(response, fromByteCharacters(content));
        return response;
      };
      answer(Object.assign(Readable.from([body]), { headers, method, url }), response);
    } catch (error) {
      // The client may have disconnected.
      if (!(error instanceof ServiceError)) return response.destroy();
      const { status, code, message } = error;
      response.statusCode = status;
      response.setHeader('content-type', 'application/x-amz-json-1.0');
      sendBody(response, JSON.stringify({ __type: code, message }));
    }
  };

/**
 * Starts DynamoDB on 127.0.0.1, with its data in a folder or, without one, in memory.
 * @throws {OutdatedTableError}
 */
export const startDynamodb = async (folder?: string): Promise<RunningDynamodb> => {
  // An earlier version kept characters there, not bytes.
  if (folder !== undefined && existsSync(join(folder, 'table'))) throw new OutdatedTableError();
  const delays = { createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 };
  const server = dynalite({ ...delays, ...(folder !== undefined && { path: join(folder, 'dynamodb') }) });
  const [handle] = server.listeners('request');
  server.removeAllListeners('request');
  const accessKeyId = randomBytes(16).toString('hex');
  const answer: AnswerRequest = (request, response) => handle?.call(server, request, response);
  server.on('request', refuseForeignRequests(createListener(answer, accessKeyId)));
  const running = await listen(server, 0);
  const clientConfig = createClientConfig(running.endpoint, { accessKeyId, secretAccessKey: accessKeyId });
  return { ...running, clientConfig };
};
