import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBatchStore } from '../../../../functions/adapters/table/batches.ts';
import { countDeliveryOutcomes } from '../../../../functions/core/newsletter/delivery/delivery-batch.ts';
import type { DeliveryBatch } from '../../../../functions/core/newsletter/delivery/delivery-batch-record.ts';
import { createOutcomeCounter } from '../../../../infra/cli/newsletter/count-outcomes.ts';
import { createInMemoryTable } from '../../../in-memory-table.ts';

const batchOf = (batch: number, done: boolean): DeliveryBatch => ({
  issue: 'daily-1',
  batch,
  state: done ? 'done' : 'queued',
  attempt: done ? 1 : 0,
  recipients: [
    { key: `${batch}`, outcome: done ? 'sent' : 'waiting' },
    { key: `${batch}b`, outcome: done ? 'failed' : 'waiting' },
  ],
});

test('in whatever order batches are done, every count is the whole, and what is settled is read once', async () => {
  const total = 600;
  // Batches around the ends of what is read at once.
  const edges = [1, 2, 3, 249, 250, 251, 252, 500, 501, 502, total];
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.constantFrom(...edges), { maxLength: 8 }), { maxLength: 4 }),
      async (steps) => {
        const batches = createBatchStore(createInMemoryTable());
        for (let number = 1; number <= total; number += 1)
          await batches.add(batchOf(number, false), '2026-10-05T07:00:00.000Z');
        const read: number[] = [];
        const some: typeof batches.listRange = (issue, from, upTo) => {
          read.push(from);
          return batches.listRange(issue, from, upTo);
        };
        const count = createOutcomeCounter({ batches: { ...batches, listRange: some } }, 'daily-1');
        expect(await count()).toEqual({
          waiting: total * 2,
          sent: 0,
          failed: 0,
          suppressed: 0,
          uncertain: 0,
        });
        const done = new Set<number>();
        for (const step of [...steps, [1], Array.from({ length: total }, (_, index) => index + 1)]) {
          for (const number of step) {
            if (!done.has(number)) await batches.replace(batchOf(number, false), batchOf(number, true));
            done.add(number);
          }
          expect(await count()).toEqual(countDeliveryOutcomes(await batches.listRange('daily-1', 1, total)));
        }
        read.length = 0;
        await count();
        expect(read).toEqual([total + 1]);
      },
    ),
    { numRuns: 20 },
  );
});
