import * as z from 'zod';
import { deliverBatch } from './deliver-batch.ts';
import type { DeliverServices } from './services.ts';

const deliveryMessageSchema = z.object({ issue: z.string(), batch: z.int().min(1) });

export const handleDeliveryMessage = async (
  services: DeliverServices,
  message: unknown,
  getTimeLeftMs: () => number,
): Promise<void> => {
  const name = deliveryMessageSchema.parse(message);
  await services.runCorrelated('issue', name.issue, () => deliverBatch(services, name, getTimeLeftMs));
};
