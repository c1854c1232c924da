import { createHash } from 'node:crypto';
import { z } from 'zod';
import { region } from '../base/aws-account.ts';
import type { QueuedMessage } from '../sqs/queues.ts';
import type { MappingPlan } from './plan-mappings.ts';

const partialResponseSchema = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish() })
  .nullish();

/** A message as a Lambda gets it. */
const buildSqsRecord = (message: QueuedMessage, { queueArn }: MappingPlan) => ({
  messageId: message.id,
  receiptHandle: message.receipt,
  body: message.body,
  attributes: {
    ApproximateReceiveCount: String(message.receives),
    SentTimestamp: String(message.sent),
    SenderId: 'local',
    ApproximateFirstReceiveTimestamp: String(message.firstReceived),
  },
  messageAttributes: message.attributes,
  md5OfBody: createHash('md5').update(message.body).digest('hex'),
  eventSource: 'aws:sqs',
  eventSourceARN: queueArn,
  awsRegion: region,
});

/** What a Lambda is called with for a batch. @throws {SyntaxError} when an event that is to be one is no JSON */
export const buildSqsEvent = (batch: readonly QueuedMessage[], mapping: MappingPlan): unknown =>
  mapping.isInvocation
    ? JSON.parse(batch[0]?.body ?? 'null')
    : { Records: batch.map((message) => buildSqsRecord(message, mapping)) };

/**
 * The ids of the messages that an answer calls failed. As with Lambda, an answer that cannot be understood, or
 * names a message that was not in the batch, fails them all.
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
