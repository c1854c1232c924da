import { expect, test } from 'vitest';
import { expectLedgerAddsUp } from './expect-ledger-adds-up.ts';
import { createInMemoryDeliverFixture } from './in-memory-deliver-fixture.ts';

const callMs = 290;

/** Ten batches of fifty in one invocation, by a mailer that takes a while for each call. */
const deliverTenBatches = async (perSecond: number) => {
  const calls = { running: 0, most: 0 };
  const fixture = await createInMemoryDeliverFixture({
    perSecond,
    beginCall: async () => {
      calls.running += 1;
      calls.most = Math.max(calls.most, calls.running);
      await fixture.services.sleep(callMs);
      calls.running -= 1;
    },
  });
  const batches = Array.from({ length: 10 }, (_, batch) =>
    Array.from({ length: 50 }, (_, index) => `reader-${batch}-${index}@example.com`),
  );
  for (const email of batches.flat()) await fixture.addReader(email);
  await fixture.queueIssue('daily-1', batches);
  const begun = fixture.now().getTime();
  const requests = await fixture.deliverAll();
  expect(await expectLedgerAddsUp(fixture, 'daily-1', batches.flat())).toMatchObject({ sent: 500 });
  return { mostCalls: calls.most, seconds: (fixture.now().getTime() - begun) / 1000, requests };
};

test.each([
  [1000, 6, 0.74],
  [250, 2, 2.09],
  [50, 1, 9.29],
])('at %i mails a second, %i calls of 290 ms are under way at once', async (perSecond, mostCalls, seconds) => {
  const delivered = await deliverTenBatches(perSecond);
  expect(delivered.mostCalls).toBe(mostCalls);
  expect(delivered.seconds).toBeCloseTo(seconds);
});

test('ten batches of a fast account share what they read and reserve', async () => {
  const { requests } = await deliverTenBatches(1000);
  const counts = Object.fromEntries(
    [...new Set(requests)].map((name) => [name, requests.filter((each) => each === name).length]),
  );
  // Batches and readers, token keys and the send rate; twice the limits; before and after each call, and mails of the
  // day.
  expect(counts).toEqual({ BatchGet: 6, Get: 3, ReadLimits: 1, ReadIssueEmail: 10, SendBulk: 10, Update: 23 });
});
