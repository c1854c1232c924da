import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { accountId } from '../base/aws-account.ts';
import { formatErrorMessage } from '../base/format-error-message.ts';
import { type RunningServer, readJsonBody, serve } from '../base/http-server.ts';
import type { Queues } from './queues.ts';
import { sqsActions } from './sqs-actions.ts';
import { SqsError } from './sqs-error.ts';

export interface RunningSqs extends RunningServer {
  toQueueUrl(queue: string): string;
}

const bodySchema = z.record(z.string(), z.unknown());

const handleRequest = async (queues: Queues, incoming: IncomingMessage): Promise<object> => {
  const [, name = ''] = /^AmazonSQS\.(\w+)$/.exec(String(incoming.headers['x-amz-target'])) ?? [];
  const action = sqsActions[name];
  if (!action) throw new SqsError('UnsupportedOperation', `The local SQS does not know ${name || 'this request'}.`);
  const endpoint = `http://${incoming.headers.host ?? '127.0.0.1'}`;
  return action(queues, bodySchema.parse(await readJsonBody(incoming)), endpoint);
};

const sendJson = (response: ServerResponse, status: number, content: object): void => {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify(content));
};

/** Starts SQS on 127.0.0.1, with its JSON protocol. Signatures are not verified. */
export const startSqs = async (queues: Queues, port = 0): Promise<RunningSqs> => {
  const server = await serve(async (incoming, response) => {
    try {
      sendJson(response, 200, await handleRequest(queues, incoming));
    } catch (error) {
      if (error instanceof SqsError) {
        response.setHeader('x-amzn-query-error', `${error.queryCode};Sender`);
        sendJson(response, 400, { __type: `com.amazonaws.sqs#${error.code}`, message: error.message });
      } else {
        const isMalformed = error instanceof z.ZodError || error instanceof SyntaxError;
        const message = formatErrorMessage(error);
        sendJson(response, isMalformed ? 400 : 500, {
          __type: isMalformed ? 'com.amazonaws.sqs#InvalidParameterValue' : 'InternalFailure',
          message,
        });
      }
    }
  }, port);
  return { ...server, toQueueUrl: (queue) => `${server.endpoint}/${accountId}/${queue}` };
};
