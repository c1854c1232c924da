import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { accountId } from '../base/aws-account.ts';
import { hashMd5 } from '../base/hash-md5.ts';
import { ServiceError } from '../base/service-error.ts';
import type { QueuedMessage, Queues } from './queues.ts';

type Input = Readonly<Record<string, unknown>>;
interface RequestHeaders {
  readonly endpoint: string;
  /** `X-Amzn-Trace-Id`: SQS hands it on with the messages that the request sends. */
  readonly traceHeader: string | undefined;
}

type Action = (queues: Queues, input: Input, headers: RequestHeaders) => object | Promise<object>;

/** The limit of SQS since 2025. */
const maxMessageBytes = 1024 * 1024;

const queueUrlSchema = z.object({ QueueUrl: z.string() });
const messageSchema = z.object({
  MessageBody: z.string().min(1),
  MessageAttributes: z.unknown().optional(),
  DelaySeconds: z.number().optional(),
});
const entrySchema = z.object({ Id: z.string() });
const receiptSchema = z.object({ ReceiptHandle: z.string() });
const visibilitySchema = receiptSchema.extend({ VisibilityTimeout: z.number() });

const findQueueName = (queues: Queues, input: Input): string => {
  const name = queueUrlSchema.parse(input).QueueUrl.split('/').at(-1) ?? '';
  if (queues.has(name)) return name;
  throw new ServiceError(400, 'QueueDoesNotExist', `There is no queue ${name}.`);
};

const sendMessage = (queues: Queues, queue: string, input: unknown, { traceHeader }: RequestHeaders) => {
  const { MessageBody, MessageAttributes, DelaySeconds } = messageSchema.parse(input);
  if (Buffer.byteLength(MessageBody) > maxMessageBytes)
    throw new ServiceError(400, 'InvalidParameterValue', 'The message is larger than 1 MiB.');
  const MessageId = queues.send(queue, MessageBody, {
    attributes: MessageAttributes ?? {},
    traceHeader,
    ...(DelaySeconds === undefined ? {} : { delay: DelaySeconds }),
  });
  return { MessageId, MD5OfMessageBody: hashMd5(MessageBody) };
};

/** Handles up to ten entries, each with a result of its own. */
const handleBatch = (input: Input, handleEntry: (entry: unknown) => object): object => {
  const { Entries } = z.object({ Entries: z.array(z.unknown()).min(1).max(10) }).parse(input);
  const Successful: object[] = [];
  const Failed: object[] = [];
  for (const entry of Entries) {
    const { Id } = entrySchema.parse(entry);
    try {
      Successful.push({ Id, ...handleEntry(entry) });
    } catch (error) {
      if (!(error instanceof ServiceError || error instanceof z.ZodError)) throw error;
      Failed.push({ Id, Code: 'InvalidParameterValue', Message: error.message, SenderFault: true });
    }
  }
  return { Successful, Failed };
};

const toReceivedMessage = ({ id, receipt, body, attributes, sent, firstReceived, receives }: QueuedMessage) => ({
  MessageId: id,
  ReceiptHandle: receipt,
  Body: body,
  MD5OfBody: hashMd5(body),
  MessageAttributes: attributes,
  Attributes: {
    SentTimestamp: String(sent),
    ApproximateFirstReceiveTimestamp: String(firstReceived),
    ApproximateReceiveCount: String(receives),
  },
});

const receiveSchema = z.object({
  MaxNumberOfMessages: z.int().min(1).max(10).default(1),
  VisibilityTimeout: z.number().optional(),
  WaitTimeSeconds: z.number().max(20).default(0),
});

const receiveMessages: Action = async (queues, input) => {
  const queue = findQueueName(queues, input);
  const { MaxNumberOfMessages: max, VisibilityTimeout, WaitTimeSeconds } = receiveSchema.parse(input);
  const options = { max, ...(VisibilityTimeout === undefined ? {} : { visibilityTimeout: VisibilityTimeout }) };
  const deadline = Date.now() + WaitTimeSeconds * 1000;
  let messages = queues.receive(queue, options);
  while (messages.length === 0 && Date.now() < deadline) {
    await sleep(20);
    messages = queues.receive(queue, options);
  }
  return { Messages: messages.map(toReceivedMessage) };
};

export const sqsActions: Readonly<Record<string, Action>> = {
  SendMessage: (queues, input, headers) => sendMessage(queues, findQueueName(queues, input), input, headers),
  SendMessageBatch: (queues, input, headers) =>
    handleBatch(input, (entry) => sendMessage(queues, findQueueName(queues, input), entry, headers)),
  ReceiveMessage: receiveMessages,
  DeleteMessage: (queues, input) => {
    queues.remove(findQueueName(queues, input), receiptSchema.parse(input).ReceiptHandle);
    return {};
  },
  DeleteMessageBatch: (queues, input) =>
    handleBatch(input, (entry) => {
      queues.remove(findQueueName(queues, input), receiptSchema.parse(entry).ReceiptHandle);
      return {};
    }),
  ChangeMessageVisibility: (queues, input) => {
    const { ReceiptHandle, VisibilityTimeout } = visibilitySchema.parse(input);
    queues.changeVisibility(findQueueName(queues, input), ReceiptHandle, VisibilityTimeout);
    return {};
  },
  PurgeQueue: (queues, input) => {
    queues.purge(findQueueName(queues, input));
    return {};
  },
  GetQueueUrl: (queues, input, { endpoint }) => {
    const { QueueName } = z.object({ QueueName: z.string() }).parse(input);
    const QueueUrl = `${endpoint}/${accountId}/${QueueName}`;
    findQueueName(queues, { QueueUrl });
    return { QueueUrl };
  },
  GetQueueAttributes: (queues, input) => {
    const { visible, inFlight } = queues.countMessages(findQueueName(queues, input));
    return {
      Attributes: {
        ApproximateNumberOfMessages: String(visible),
        ApproximateNumberOfMessagesNotVisible: String(inFlight),
      },
    };
  },
};
