import * as z from 'zod';
import { batchesPerInvocation } from '../platform/contract.ts';
import { deliverBatch } from './deliver-batch.ts';
import type { DeliverServices } from './services.ts';
import { createSharedRequests } from './shared-requests.ts';

const deliveryMessageSchema = z.object({ issue: z.string(), batch: z.int().min(1) });

/** Handles the messages of one invocation at a time. */
export const createDeliveryHandler = (services: DeliverServices) => {
  const delivery = { ...services, shared: createSharedRequests(services) };
  return {
    concurrency: batchesPerInvocation,
    handleMessage: async (message: unknown, getTimeLeftMs: () => number): Promise<void> => {
      const name = deliveryMessageSchema.parse(message);
      await services.runCorrelated('issue', name.issue, () => deliverBatch(delivery, name, getTimeLeftMs));
    },
    finishBatch: async () => {
      await delivery.shared.countSent();
      return [];
    },
  };
};
