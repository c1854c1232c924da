import { expect, onTestFinished, test } from 'vitest';
import { countDeliveryOutcomes } from '../../functions/core/newsletter/delivery/delivery-batch.ts';
import { deliveryBatchSchema } from '../../functions/core/newsletter/delivery/delivery-batch-record.ts';
import { batchesPartition, createAddressingIssue, createIssueSender } from '../bench/issue-sender.ts';
import { startNullAws } from '../bench/null-aws.ts';

const readers = 5000;

test('a thousand of many recipients take at most 120 requests to compose and to deliver', async () => {
  const aws = await startNullAws({ readers, perSecond: readers }, createAddressingIssue());
  onTestFinished(aws.close);
  const sender = createIssueSender(aws.endpoint, { invocations: 1, clock: 'real' });
  await sender.compose();
  await sender.deliver();
  const { requests, mails } = aws.readCounts();
  const ledger = aws.items(batchesPartition).map((item) => deliveryBatchSchema.parse(item));
  expect(countDeliveryOutcomes(ledger)).toMatchObject({ sent: readers, waiting: 0, uncertain: 0 });
  expect(mails).toBe(readers);
  expect(requests.SendBulkEmail).toBe(readers / 50);
  const total = Object.values(requests).reduce((sum, count) => sum + count, 0);
  expect((total * 1000) / readers, JSON.stringify(requests)).toBeLessThanOrEqual(120);
});
