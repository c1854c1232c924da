import { z } from 'zod';
import type { SqsMessage } from '../platform/sqs-message.ts';
import { deliverBatch } from './deliver-batch.ts';
import type { DeliverServices } from './services.ts';

const deliveryMessageSchema = z.object({ issue: z.string(), batch: z.int().min(1) });

/**
 * Delivers the batches that messages name, one behind the other: the rate is shared, so nothing is gained by haste.
 * @returns ids of the messages that failed and are to come again
 */
export const deliverMessages = async (
  services: DeliverServices,
  messages: readonly SqsMessage[],
  timeLeft: () => number,
): Promise<string[]> => {
  const failed: string[] = [];
  for (const { id, body } of messages) {
    try {
      const name = deliveryMessageSchema.parse(JSON.parse(body));
      await services.runCorrelated('issue', name.issue, () => deliverBatch(services, name, timeLeft));
    } catch (error) {
      services.log.error('a batch could not be delivered', error);
      failed.push(id);
    }
  }
  return failed;
};
