import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { accountId } from '../base/aws-account.ts';
import { formatErrorMessage } from '../base/format-error-message.ts';
import { type RunningServer, readJsonBody, serve } from '../base/http-server.ts';
import { ServiceError } from '../base/service-error.ts';
import type { Queues } from './queues.ts';
import { sqsActions } from './sqs-actions.ts';

export interface RunningSqs extends RunningServer {
  toQueueUrl(queue: string): string;
}

const bodySchema = z.record(z.string(), z.unknown());

const handleRequest = async (queues: Queues, incoming: IncomingMessage): Promise<object> => {
  const [, name = ''] = /^AmazonSQS\.(\w+)$/.exec(String(incoming.headers['x-amz-target'])) ?? [];
  const action = sqsActions[name];
  if (!action)
    throw new ServiceError(400, 'UnsupportedOperation', `The local SQS does not know ${name || 'this request'}.`);
  const endpoint = `http://${incoming.headers.host ?? '127.0.0.1'}`;
  const traceHeader = incoming.headers['x-amzn-trace-id'];
  return action(queues, bodySchema.parse(await readJsonBody(incoming)), {
    endpoint,
    traceHeader: traceHeader === undefined ? undefined : String(traceHeader),
  });
};

/** Codes of the older query protocol, where they differ. */
const queryCodes: Readonly<Record<string, string>> = {
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  UnsupportedOperation: 'AWS.SimpleQueueService.UnsupportedOperation',
};

const toSqsError = (error: unknown): ServiceError => {
  if (error instanceof ServiceError) return error;
  const isMalformed = error instanceof z.ZodError || error instanceof SyntaxError;
  const message = formatErrorMessage(error);
  return isMalformed
    ? new ServiceError(400, 'InvalidParameterValue', message)
    : new ServiceError(500, 'InternalFailure', message);
};

/** Starts SQS on 127.0.0.1, with its JSON protocol. Signatures are not verified. */
export const startSqs = async (queues: Queues, port = 0): Promise<RunningSqs> => {
  const server = await serve(async (incoming, response) => {
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    try {
      response.end(JSON.stringify(await handleRequest(queues, incoming)));
    } catch (error) {
      const { status, code, message } = toSqsError(error);
      response.writeHead(status, { 'x-amzn-query-error': `${queryCodes[code] ?? code};Sender` });
      response.end(JSON.stringify({ __type: `com.amazonaws.sqs#${code}`, message }));
    }
  }, port);
  return { ...server, toQueueUrl: (queue) => `${server.endpoint}/${accountId}/${queue}` };
};
