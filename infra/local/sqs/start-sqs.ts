import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { accountId, formatArn } from '../base/aws-account.ts';
import { formatErrorMessage } from '../base/format-error-message.ts';
import { type RunningServer, readJsonBody, serve } from '../base/http-server.ts';
import { ServiceError } from '../base/service-error.ts';
import { type AccessControl, AccessDeniedError, ownerAccess } from '../iam/create-access-control.ts';
import type { Queues } from './queues.ts';
import { sqsActions } from './sqs-actions.ts';

export interface RunningSqs extends RunningServer {
  toQueueUrl(queue: string): string;
}

const bodySchema = z.record(z.string(), z.unknown());

const targetSchema = z.union([
  z.object({ QueueUrl: z.string() }).transform(({ QueueUrl }) => QueueUrl.split('/').at(-1) ?? ''),
  z.object({ QueueName: z.string() }).transform(({ QueueName }) => QueueName),
]);

const handleRequest = async (
  queues: Queues,
  access: AccessControl | undefined,
  incoming: IncomingMessage,
): Promise<object> => {
  const [, name = ''] = /^AmazonSQS\.(\w+)$/.exec(String(incoming.headers['x-amz-target'])) ?? [];
  const action = sqsActions[name];
  if (!action)
    throw new ServiceError(400, 'UnsupportedOperation', `The local SQS does not know ${name || 'this request'}.`);
  const endpoint = `http://${incoming.headers.host ?? '127.0.0.1'}`;
  const traceHeader = incoming.headers['x-amzn-trace-id'];
  const input = bodySchema.parse(await readJsonBody(incoming));
  // A batch needs leave for the single action.
  (access?.identify(incoming) ?? ownerAccess).require(
    `sqs:${name.replace(/Batch$/, '')}`,
    formatArn('sqs', targetSchema.parse(input)),
  );
  return action(queues, input, {
    endpoint,
    traceHeader: traceHeader === undefined ? undefined : String(traceHeader),
  });
};

/** Codes of the older query protocol, where they differ. */
const queryCodes: Readonly<Record<string, string>> = {
  AccessDeniedException: 'AccessDenied',
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  UnsupportedOperation: 'AWS.SimpleQueueService.UnsupportedOperation',
};

const toSqsError = (error: unknown): ServiceError => {
  if (error instanceof ServiceError) return error;
  if (error instanceof AccessDeniedError) return new ServiceError(403, 'AccessDeniedException', error.message);
  const isMalformed = error instanceof z.ZodError || error instanceof SyntaxError;
  const message = formatErrorMessage(error);
  return isMalformed
    ? new ServiceError(400, 'InvalidParameterValue', message)
    : new ServiceError(500, 'InternalFailure', message);
};

export interface SqsOptions {
  readonly port?: number;
  /** Without it everybody may do all. */
  readonly access?: AccessControl;
}

/** Starts SQS on 127.0.0.1, with its JSON protocol. Signatures are not verified. */
export const startSqs = async (queues: Queues, { port = 0, access }: SqsOptions = {}): Promise<RunningSqs> => {
  const server = await serve(async (incoming, response) => {
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    try {
      response.end(JSON.stringify(await handleRequest(queues, access, incoming)));
    } catch (error) {
      const { status, code, message } = toSqsError(error);
      response.writeHead(status, { 'x-amzn-query-error': `${queryCodes[code] ?? code};Sender` });
      response.end(JSON.stringify({ __type: `com.amazonaws.sqs#${code}`, message }));
    }
  }, port);
  return { ...server, toQueueUrl: (queue) => `${server.endpoint}/${accountId}/${queue}` };
};
