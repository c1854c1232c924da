import * as z from 'zod';
import { missedRangeSchema } from '../subscriber/progress.ts';

export const deliveryOutcomes = ['waiting', 'sent', 'failed', 'suppressed', 'uncertain'] as const;
export type DeliveryOutcome = (typeof deliveryOutcomes)[number];

/**
 * Up to fifty recipients of one issue: one call to the mailer, one row of the ledger. The last batch of an issue has
 * no recipients and is `done`: it marks the end of the list, so that no batch can be added after it.
 */
export const deliveryBatchSchema = z.object({
  issue: z.string(),
  batch: z.number(),
  /** `calling` is written before the mailer is called: where a call was interrupted, its recipients are uncertain. */
  state: z.enum(['queued', 'calling', 'done']),
  attempt: z.number(),
  recipientsBefore: z.number().exactOptional(),
  /** The letter that all of its recipients get; the first is the issue on the web. */
  letter: z.number().exactOptional(),
  /** The arrival with which the letter ends. */
  upTo: z.number().exactOptional(),
  /** The key of the last recipient of each letter up to this batch, in an issue of several. */
  ends: z.array(z.string()).exactOptional(),
  recipients: z.array(
    z.object({
      key: z.string(),
      /** Of a reader who is not in step: where they are. */
      position: z.number().exactOptional(),
      missed: z.array(missedRangeSchema).exactOptional(),
      /** Present while a mail may still be sent: once the outcome is final, only the key is kept. */
      email: z.string().exactOptional(),
      outcome: z.enum(deliveryOutcomes),
      detail: z.string().exactOptional(),
      /** Calls after which the mailer asked to try again. */
      tries: z.number().exactOptional(),
      /** The mailbox does not exist, and its subscriber has not been suppressed yet. */
      undeliverable: z.boolean().exactOptional(),
    }),
  ),
  /** While `calling`: positions in `recipients` that the call is for, and when it has ended in any case. */
  call: z.object({ indexes: z.array(z.number()), until: z.string() }).exactOptional(),
});
export type DeliveryBatch = z.infer<typeof deliveryBatchSchema>;
