import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { openDatabase } from '../base/database.ts';
import { type RunningServer, serve } from '../base/http-server.ts';
import type { SesAccountSettings, SesContext, SesListener } from './accept-mail.ts';
import { handleGetAccount } from './get-account.ts';
import { handleGetEmailIdentity } from './get-email-identity.ts';
import { handleGetEventDestinations } from './get-event-destinations.ts';
import { handleInboxRequest } from './handle-inbox-request.ts';
import { type MailStore, openMailStore } from './mail-store.ts';
import { createQuota, type QuotaSettings } from './quota.ts';
import { handleSendBulkEmail } from './send-bulk-email.ts';
import { handleSendEmail } from './send-email.ts';
import { SesError } from './ses-error.ts';

export interface SesOptions {
  /** Where mails are kept, together with what others keep, so that listeners can join in the transactions; absent: nowhere. */
  readonly database?: DatabaseSync;
  readonly port?: number;
  readonly now?: () => Date;
  /** Absent: the quota of an account that left the sandbox. */
  readonly quota?: Partial<QuotaSettings>;
  readonly account?: SesAccountSettings;
}

export interface RunningSes extends RunningServer {
  readonly mails: MailStore;
  /** Tells of every bounce, complaint and failed rendering from now on, as SES tells EventBridge. Gives a function that ends it. */
  onEvent(listener: SesListener): () => void;
}

type Operation = (ses: SesContext, input: unknown) => object;

const operations: Readonly<Record<string, Operation>> = {
  'POST /v2/email/outbound-emails': handleSendEmail,
  'POST /v2/email/outbound-bulk-emails': handleSendBulkEmail,
  'GET /v2/email/account': handleGetAccount,
};

/** Operations whose address names what is asked of. */
const namedOperations: readonly (readonly [RegExp, (ses: SesContext, name: string) => object])[] = [
  [/^GET \/v2\/email\/identities\/([^/]+)$/, handleGetEmailIdentity],
  [/^GET \/v2\/email\/configuration-sets\/([^/]+)\/event-destinations$/, handleGetEventDestinations],
];

/** @throws {SesError} */
const findOperation = (request: string): Operation => {
  const operation = operations[request];
  if (operation) return operation;
  for (const [pattern, named] of namedOperations) {
    const name = pattern.exec(request)?.[1];
    if (name !== undefined) return (ses) => named(ses, decodeURIComponent(name));
  }
  throw new SesError(404, 'NotFoundException', `The local SES does not know ${request}.`);
};

const readJson = async (incoming: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString() || '{}');
};

const toSesError = (error: unknown): SesError => {
  if (error instanceof SesError) return error;
  if (error instanceof z.ZodError || error instanceof SyntaxError)
    return new SesError(400, 'BadRequestException', error.message);
  const message = error instanceof Error ? error.message : String(error);
  return new SesError(500, 'InternalServiceErrorException', message);
};

const handleApiRequest = async (
  ses: SesContext,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  response.setHeader('content-type', 'application/json');
  try {
    const operation = findOperation(`${incoming.method} ${incoming.url}`);
    const input = await readJson(incoming);
    response.end(JSON.stringify(operation(ses, input)));
  } catch (error) {
    const { status, code, message } = toSesError(error);
    response.writeHead(status, { 'x-amzn-errortype': code });
    response.end(JSON.stringify({ message }));
  }
};

/**
 * A small SES v2 with an inbox on 127.0.0.1: sending, one by one and in bulk, the account's quota, and simulated
 * bounces and complaints. Mails are in SQLite; signatures are not verified; every sender counts as verified.
 * @throws {PortInUseError}
 */
export const startSes = async (options: SesOptions = {}): Promise<RunningSes> => {
  const { port = 0, now = () => new Date() } = options;
  const database = options.database ?? openDatabase(':memory:');
  const mails = openMailStore(database);
  const listeners = new Set<SesListener>();
  const quota = createQuota({ perSecond: 14, perDay: 50_000, ...options.quota }, mails, now);
  const ses: SesContext = { database, mails, quota, now, listeners, account: options.account ?? {} };
  const server = await serve(async (incoming, response) => {
    const address = incoming.url ?? '/';
    if (address.startsWith('/v2/')) return handleApiRequest(ses, incoming, response);
    const { status, type, body, headers } = await handleInboxRequest(
      mails,
      incoming.method ?? 'GET',
      address,
    );
    response.writeHead(status, { 'content-type': type, 'x-content-type-options': 'nosniff', ...headers });
    response.end(incoming.method === 'HEAD' ? undefined : body);
  }, port);
  return {
    ...server,
    mails,
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
