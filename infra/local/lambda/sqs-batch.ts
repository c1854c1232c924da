import { z } from 'zod';
import { region } from '../base/aws-account.ts';
import { hashMd5 } from '../base/hash-md5.ts';
import type { QueuedMessage } from '../sqs/queues.ts';
import type { MappingPlan } from './plan-mappings.ts';

const partialResponseSchema = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish() })
  .nullish();

const buildSqsRecord = (message: QueuedMessage, { queueArn }: MappingPlan) => ({
  messageId: message.id,
  receiptHandle: message.receipt,
  body: message.body,
  attributes: {
    ApproximateReceiveCount: String(message.receives),
    SentTimestamp: String(message.sent),
    SenderId: 'local',
    ApproximateFirstReceiveTimestamp: String(message.firstReceived),
    ...(message.traceHeader !== undefined && { AWSTraceHeader: message.traceHeader }),
  },
  messageAttributes: message.attributes,
  md5OfBody: hashMd5(message.body),
  eventSource: 'aws:sqs',
  eventSourceARN: queueArn,
  awsRegion: region,
});

/** The event for a batch. @throws {SyntaxError} when the event of an asynchronous invocation is not JSON */
export const buildSqsEvent = (batch: readonly QueuedMessage[], mapping: MappingPlan): unknown =>
  mapping.isInvocation
    ? JSON.parse(batch[0]?.body ?? 'null')
    : { Records: batch.map((message) => buildSqsRecord(message, mapping)) };

/**
 * The ids of the failed messages in a response. As with Lambda, a malformed response, or one with the id of a message
 * that was not in the batch, fails all messages.
 */
export const parseFailedIds = (
  result: unknown,
  batch: readonly QueuedMessage[],
  { reportsItemFailures }: MappingPlan,
): Set<string> => {
  if (!reportsItemFailures) return new Set();
  const all = new Set(batch.map(({ id }) => id));
  const parsed = partialResponseSchema.safeParse(result);
  if (!parsed.success) return all;
  const failed = (parsed.data?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
  return failed.every((id) => all.has(id)) ? new Set(failed) : all;
};
