import { expect } from 'vitest';
import { countDeliveryOutcomes } from '../../functions/core/newsletter/delivery/delivery-batch.ts';
import type { DeliverFixture } from './deliver-fixture.ts';

/**
 * Holds an issue to rule 6: it adds up, nobody has it twice, and who has it not is failed, suppressed or uncertain.
 * No address is left in its ledger.
 * @param planned the addresses it was for
 */
export const expectLedgerAddsUp = async (fixture: DeliverFixture, issue: string, planned: readonly string[]) => {
  const ledger = await fixture.readLedger(issue);
  const entries = ledger.flatMap(({ recipients }) => recipients);
  expect(ledger.map(({ state }) => state)).toEqual(ledger.map(() => 'done'));
  expect(entries.map(({ key }) => key).sort()).toEqual(planned.map(fixture.toSubscriberKey).sort());
  expect(JSON.stringify(ledger)).not.toContain('@');
  const counts = countDeliveryOutcomes(ledger);
  expect(counts.waiting).toBe(0);
  expect(counts.sent + counts.failed + counts.suppressed + counts.uncertain).toBe(planned.length);

  const messageCounts = new Map<string, number>();
  for (const message of fixture.listSentMessages()) {
    if (message.issue !== issue) continue;
    messageCounts.set(message.key, (messageCounts.get(message.key) ?? 0) + 1);
    expect(fixture.toSubscriberKey(message.to)).toBe(message.key);
  }
  for (const { key, outcome } of entries) {
    const maxMessages = outcome === 'sent' || outcome === 'uncertain' ? 1 : 0;
    const minMessages = outcome === 'sent' ? 1 : 0;
    const received = messageCounts.get(key) ?? 0;
    expect({ key, outcome, isWithin: received >= minMessages && received <= maxMessages }).toEqual({
      key,
      outcome,
      isWithin: true,
    });
  }
  return counts;
};
