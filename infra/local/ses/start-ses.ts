import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { createListeners } from '../base/create-listeners.ts';
import { openDatabase } from '../base/database.ts';
import { formatErrorMessage } from '../base/format-error-message.ts';
import { type RunningServer, readJsonBody, serve } from '../base/http-server.ts';
import { ServiceError } from '../base/service-error.ts';
import type { BusEvent } from '../events/bus-event.ts';
import { type AccessControl, AccessDeniedError, type CallerAccess, ownerAccess } from '../iam/create-access-control.ts';
import type { ServiceResourceTypes } from '../template/resources.ts';
import type { SesAccountSettings, SesContext } from './accept-mail.ts';
import {
  handleDeleteSuppressedDestination,
  handleGetAccount,
  handleGetEmailIdentity,
  handleGetEventDestinations,
  handleListSuppressedDestinations,
} from './account-operations.ts';
import { handleInboxRequest } from './handle-inbox-request.ts';
import { type MailStore, openMailStore } from './mail-store.ts';
import { createQuota, type QuotaSettings } from './quota.ts';
import { formatSesArn } from './require-sending.ts';
import { handleSendBulkEmail } from './send-bulk-email.ts';
import { handleSendEmail } from './send-email.ts';
import { openSuppressionList } from './suppression-list.ts';

/** Every sender counts as verified and every bounce is reported: functions need the names of these resources only. */
export const sesResourceTypes: ServiceResourceTypes = {
  planned: {
    'AWS::SES::EmailIdentity': (name) => ({ ref: name, attributes: { Arn: formatSesArn('identity', name) } }),
  },
  ignored: [/^AWS::SES::(?!EmailIdentity$)/],
};

/** What SES allows the account. */
export interface SesLimits extends Partial<QuotaSettings> {
  /** Mails go to verified addresses only, and the quota is smaller. */
  readonly sandbox?: boolean;
}

const defaultQuota: QuotaSettings = { perSecond: 14, perDay: 50_000 };
const sandboxQuota: QuotaSettings = { perSecond: 1, perDay: 200 };

export interface SesOptions {
  /** For the mails, in memory by default; shared with other servers, whose listeners can join the transactions. */
  readonly database?: DatabaseSync;
  readonly port?: number;
  readonly now?: () => Date;
  readonly quota?: Partial<QuotaSettings>;
  readonly account?: SesAccountSettings;
  /** Without it everybody may do all. */
  readonly access?: AccessControl;
}

export interface RunningSes extends RunningServer {
  readonly mails: MailStore;
  /** An address or a domain that is verified. */
  addIdentity(name: string): void;
  /** Calls the listener with each event that SES sends to EventBridge. The returned function removes it. */
  onEvent(listener: (event: BusEvent) => void): () => void;
}

type Operation = (ses: SesContext, input: unknown, access: CallerAccess) => object;

const operations: Readonly<Record<string, Operation>> = {
  'POST /v2/email/outbound-emails': handleSendEmail,
  'POST /v2/email/outbound-bulk-emails': handleSendBulkEmail,
  'GET /v2/email/account': (ses, _input, access) => {
    access.require('ses:GetAccount', '*');
    return handleGetAccount(ses);
  },
};

interface NamedOperation {
  readonly pattern: RegExp;
  readonly action: string;
  readonly toResource: (name: string) => string;
  readonly run: (ses: SesContext, name: string) => object;
}

const namedOperations: readonly NamedOperation[] = [
  {
    pattern: /^DELETE \/v2\/email\/suppression\/addresses\/([^/]+)$/,
    action: 'ses:DeleteSuppressedDestination',
    toResource: () => '*',
    run: handleDeleteSuppressedDestination,
  },
  {
    pattern: /^GET \/v2\/email\/identities\/([^/]+)$/,
    action: 'ses:GetEmailIdentity',
    toResource: (name) => formatSesArn('identity', name),
    run: handleGetEmailIdentity,
  },
  {
    pattern: /^GET \/v2\/email\/configuration-sets\/([^/]+)\/event-destinations$/,
    action: 'ses:GetConfigurationSetEventDestinations',
    toResource: (name) => formatSesArn('configuration-set', name),
    run: handleGetEventDestinations,
  },
];

const findOperation = (method: string, { pathname, searchParams }: URL): Operation => {
  const request = `${method} ${pathname}`;
  const operation = operations[request];
  if (operation) return operation;
  if (request === 'GET /v2/email/suppression/addresses')
    return (ses, _input, access) => {
      access.require('ses:ListSuppressedDestinations', '*');
      return handleListSuppressedDestinations(ses, searchParams);
    };
  for (const { pattern, action, toResource, run } of namedOperations) {
    const [, encoded] = pattern.exec(request) ?? [];
    if (encoded === undefined) continue;
    const name = decodeURIComponent(encoded);
    return (ses, _input, access) => {
      access.require(action, toResource(name));
      return run(ses, name);
    };
  }
  throw new ServiceError(404, 'NotFoundException', `The local SES does not know ${request}.`);
};

const toSesError = (error: unknown): ServiceError => {
  if (error instanceof ServiceError) return error;
  if (error instanceof AccessDeniedError) return new ServiceError(403, 'AccessDeniedException', error.message);
  if (error instanceof z.ZodError || error instanceof SyntaxError)
    return new ServiceError(400, 'BadRequestException', error.message);
  return new ServiceError(500, 'InternalServiceErrorException', formatErrorMessage(error));
};

const handleApiRequest = async (
  ses: SesContext,
  access: CallerAccess,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  response.setHeader('content-type', 'application/json');
  try {
    const operation = findOperation(incoming.method ?? 'GET', new URL(incoming.url ?? '/', 'http://localhost'));
    const input = await readJsonBody(incoming);
    response.end(JSON.stringify(operation(ses, input, access)));
  } catch (error) {
    const { status, code, message } = toSesError(error);
    response.writeHead(status, { 'x-amzn-errortype': code });
    response.end(JSON.stringify({ message }));
  }
};

/**
 * Starts SES v2 with an inbox on 127.0.0.1: single and bulk emails, quota and suppression list of the account, and
 * simulated bounces and complaints. Mails are in SQLite. Signatures are not verified.
 * @throws {PortInUseError}
 */
export const startSes = async (options: SesOptions = {}): Promise<RunningSes> => {
  const { port = 0, now = () => new Date(), access } = options;
  const database = options.database ?? openDatabase(':memory:');
  const mails = openMailStore(database);
  const events = createListeners<[event: BusEvent]>();
  const account = options.account ?? {};
  const quota = createQuota({ ...(account.sandbox ? sandboxQuota : defaultQuota), ...options.quota }, mails, now);
  const suppressions = openSuppressionList(database);
  const identities = new Set<string>();
  const ses: SesContext = { database, mails, quota, suppressions, now, onEvent: events.notify, account, identities };
  const server = await serve(async (incoming, response) => {
    const address = incoming.url ?? '/';
    if (address.startsWith('/v2/'))
      return handleApiRequest(ses, access?.identify(incoming) ?? ownerAccess, incoming, response);
    const { status, type, body, headers } = await handleInboxRequest(mails, incoming.method ?? 'GET', address);
    response.writeHead(status, { 'content-type': type, 'x-content-type-options': 'nosniff', ...headers });
    response.end(incoming.method === 'HEAD' ? undefined : body);
  }, port);
  return { ...server, mails, addIdentity: (name) => identities.add(name), onEvent: events.add };
};
