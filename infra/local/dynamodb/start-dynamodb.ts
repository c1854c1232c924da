import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import dynalite from 'dynalite';
import { z } from 'zod';
import { createClientConfig, type LocalClientConfig } from '../base/aws-account.ts';
import { listen, type RunningServer } from '../base/http-server.ts';
import { refuseForeignRequests } from '../base/refuse-foreign-requests.ts';
import { ServiceError } from '../base/service-error.ts';
import { type AccessControl, AccessDeniedError, readAccessKey } from '../iam/create-access-control.ts';
import { checkExpressionSizes } from './check-expression-sizes.ts';
import { OutdatedTableError } from './create-tables.ts';
import { listTableCalls } from './list-table-calls.ts';
import type { TablePlan } from './plan-tables.ts';

export interface DynamodbOptions {
  /** For the data, which is otherwise in memory. */
  readonly folder?: string;
  /** Without it everybody with the credentials of this run may do all. */
  readonly access?: AccessControl;
}

export interface RunningDynamodb extends RunningServer {
  /** Tells the keys of a table, by which policies may limit access. */
  addTable(plan: TablePlan): void;
  /** With the credentials of this run, without which no request is answered. */
  readonly clientConfig: LocalClientConfig;
}

/**
 * dynalite counts characters where DynamoDB counts the bytes of UTF-8, so it gets texts with one character for each
 * byte, and all its limits are those of DynamoDB. The order of keys stays: it is that of the bytes.
 */
const toByteCharacters = (json: string): string => Buffer.from(json).toString('latin1');
const fromByteCharacters = (json: string): string => Buffer.from(json, 'latin1').toString();

const sendBody = (response: ServerResponse, body: string): void => {
  response.setHeader('content-length', Buffer.byteLength(body));
  response.setHeader('x-amz-crc32', crc32(body));
  response.end(body);
};

interface ListenerProps {
  readonly accessKeyId: string;
  readonly access: AccessControl | undefined;
  readonly tables: ReadonlyMap<string, TablePlan>;
}

/** Only the credentials of this run and of its functions are known. @throws {ServiceError} */
const checkAccessKey = (incoming: IncomingMessage, { accessKeyId, access }: ListenerProps): void => {
  const given = readAccessKey(incoming);
  if (given === accessKeyId || (given !== undefined && access?.hasIssued(given))) return;
  const [code, message] = given
    ? ['UnrecognizedClientException', 'The security token included in the request is invalid.']
    : ['MissingAuthenticationTokenException', 'Request is missing Authentication Token'];
  throw new ServiceError(400, `com.amazon.coral.service#${code}`, message);
};

/** A body that is not JSON is left to dynalite, which refuses it. */
const normalizeJson = (body: string, check: (request: unknown) => void): string => {
  try {
    const request: unknown = JSON.parse(body);
    check(request);
    checkExpressionSizes(request);
    // Without escapes, each of which would count as several bytes.
    return JSON.stringify(request);
  } catch (error) {
    if (error instanceof SyntaxError) return body;
    throw error;
  }
};

/** @throws {ServiceError} for a call that no policy allows */
const checkAccess = (incoming: IncomingMessage, request: unknown, { access, tables }: ListenerProps): void => {
  if (!access?.hasIssued(readAccessKey(incoming) ?? '')) return;
  const [, operation = ''] = /\.(\w+)$/.exec(String(incoming.headers['x-amz-target'])) ?? [];
  const caller = access.identify(incoming);
  for (const { action, resource, context } of listTableCalls(operation, request, tables))
    caller.require(action, resource, context);
};

const toRefusal = (error: unknown): ServiceError | undefined => {
  if (error instanceof ServiceError) return error;
  if (error instanceof AccessDeniedError)
    return new ServiceError(400, 'com.amazon.coral.service#AccessDeniedException', error.message);
  return error instanceof z.ZodError
    ? new ServiceError(400, 'com.amazon.coral.validate#ValidationException', z.prettifyError(error))
    : undefined;
};

type AnswerRequest = (request: Readable, response: ServerResponse) => void;

const createListener =
  (answer: AnswerRequest, props: ListenerProps): RequestListener =>
  async (incoming, response) => {
    try {
      checkAccessKey(incoming, props);
      const json = normalizeJson(await text(incoming), (request) => checkAccess(incoming, request, props));
      const body = toByteCharacters(json);
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
      const refusal = toRefusal(error);
      // The client may have disconnected.
      if (!refusal) return response.destroy();
      const { status, code, message } = refusal;
      response.statusCode = status;
      response.setHeader('content-type', 'application/x-amz-json-1.0');
      sendBody(response, JSON.stringify({ __type: code, message }));
    }
  };

/** Starts DynamoDB on 127.0.0.1. @throws {OutdatedTableError} */
export const startDynamodb = async ({ folder, access }: DynamodbOptions = {}): Promise<RunningDynamodb> => {
  // An earlier version kept characters there, not bytes.
  if (folder !== undefined && existsSync(join(folder, 'table'))) throw new OutdatedTableError();
  const delays = { createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 };
  const server = dynalite({ ...delays, ...(folder !== undefined && { path: join(folder, 'dynamodb') }) });
  const [handle] = server.listeners('request');
  server.removeAllListeners('request');
  const accessKeyId = randomBytes(16).toString('hex');
  const tables = new Map<string, TablePlan>();
  const answer: AnswerRequest = (request, response) => handle?.call(server, request, response);
  server.on('request', refuseForeignRequests(createListener(answer, { accessKeyId, access, tables })));
  const running = await listen(server, 0);
  const clientConfig = createClientConfig(running.endpoint, { accessKeyId, secretAccessKey: accessKeyId });
  return { ...running, clientConfig, addTable: (plan) => tables.set(plan.TableName ?? '', plan) };
};
