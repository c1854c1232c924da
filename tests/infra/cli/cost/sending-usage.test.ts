import { expect, onTestFinished, test } from 'vitest';
import { type RecipientUsage, toRecipientUsage } from '../../../../infra/cli/cost/count-sending-usage.ts';
import { createAddressingIssue, createIssueSender } from '../../../bench/issue-sender.ts';
import { concurrentDeliveries } from '../../../bench/newsletter-prices.ts';
import { startNullAws } from '../../../bench/null-aws.ts';

const readers = 1500;

/** What a recipient of an issue takes, as the servers count it that the issue is composed and delivered with. */
const countRecipientUsage = async (perSecond: number): Promise<Omit<RecipientUsage, 'composeSeconds'>> => {
  const aws = await startNullAws({ readers, perSecond }, createAddressingIssue());
  onTestFinished(aws.close);
  const sender = createIssueSender(aws.endpoint, {
    invocations: concurrentDeliveries,
    clock: 'virtual',
    latencies: { call: 300, others: 5 },
  });
  await sender.compose();
  await sender.deliver();
  const { requests, read, written } = aws.readCounts();
  return {
    read: read / readers,
    written: written / readers,
    queueSends: (requests.SendMessageBatch ?? 0) / readers,
    sesCalls: (requests.SendBulkEmail ?? 0) / readers,
  };
};

test.each([14, 30, 200])('the bill has what sending at %i mails a second takes', async (perSecond) => {
  const counted = await countRecipientUsage(perSecond);
  const { read, written, queueSends, sesCalls } = toRecipientUsage(perSecond);
  expect(sesCalls).toBe(counted.sesCalls);
  expect(read / counted.read).toBeCloseTo(1, 1);
  expect(written / counted.written).toBeCloseTo(1, 1);
  // Batches that wait are queued again, a short list less often than a long one.
  expect(queueSends).toBeGreaterThanOrEqual(counted.queueSends * 0.95);
  expect(queueSends).toBeLessThanOrEqual(counted.queueSends * 1.3);
});
