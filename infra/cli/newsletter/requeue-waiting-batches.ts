import { maxBulkRecipients } from '../../../functions/adapters/mailer.ts';
import type { DeliveryBatch } from '../../../functions/core/newsletter/delivery/delivery-batch-record.ts';
import { formatIssueName } from '../../../functions/core/newsletter/issue/issue-record.ts';
import { cadences } from '../../../functions/core/publication.ts';
import { maxDelaySeconds } from '../../../functions/deliver/reserve-send-slots.ts';
import type { CliServices } from '../connection/create-cli-services.ts';

const batchesPerRead = 100;

/**
 * Held batches come back on their own within a quarter of an hour, so only as many are queued as can be sent by then; a
 * batch that is queued twice is sent once.
 */
export const requeueWaitingBatches = async (services: CliServices): Promise<number> => {
  const { limits } = await services.rateLimit.get();
  const maxBatches = Math.ceil(((limits?.perSecond ?? 1) * maxDelaySeconds) / maxBulkRecipients);
  let requeued = 0;
  for (const cadence of cadences) {
    const { open, number } = await services.cadenceStates.get(cadence);
    for (let each = open?.number ?? number; each > 0 && requeued < maxBatches; each -= 1) {
      const found = await requeueIssueBatches(
        services,
        formatIssueName({ cadence, number: each }),
        maxBatches - requeued,
      );
      requeued += found;
      // Older issues were finished before this one began, or come back on their own.
      if (found === 0 && each !== open?.number) break;
    }
  }
  return requeued;
};

const requeueIssueBatches = async (
  { batches, deliveriesQueue }: Pick<CliServices, 'batches' | 'deliveriesQueue'>,
  issue: string,
  maxBatches: number,
): Promise<number> => {
  let requeued = 0;
  for (let from = 1; requeued < maxBatches; from += batchesPerRead) {
    const found = await batches.listRange(issue, from, from + batchesPerRead - 1);
    const waiting = found.filter(({ state }) => state !== 'done').slice(0, maxBatches - requeued);
    await deliveriesQueue.sendMany(waiting.map(toDeliveryMessage));
    requeued += waiting.length;
    if (found.length < batchesPerRead) break;
  }
  return requeued;
};

const toDeliveryMessage = ({ issue, batch }: DeliveryBatch) => ({ issue, batch });
