import { expect } from 'vitest';
import { tally } from '../../functions/core/newsletter/delivery.ts';
import type { Office } from './office.ts';

/**
 * Holds an issue to rule 6: it adds up, nobody has it twice, and who has it not is failed, suppressed or uncertain.
 * No address is left in its ledger.
 * @param planned the addresses it was for
 */
export const expectAddsUp = async (office: Office, issue: string, planned: readonly string[]) => {
  const ledger = await office.ledger(issue);
  const entries = ledger.flatMap(({ recipients }) => recipients);
  expect(ledger.map(({ state }) => state)).toEqual(ledger.map(() => 'done'));
  expect(entries.map(({ key }) => key).sort()).toEqual(planned.map(office.keyOf).sort());
  expect(JSON.stringify(ledger)).not.toContain('@');
  const counts = tally(ledger);
  expect(counts.waiting).toBe(0);
  expect(counts.sent + counts.failed + counts.suppressed + counts.uncertain).toBe(planned.length);

  const copies = new Map<string, number>();
  for (const copy of office.copies()) {
    if (copy.issue !== issue) continue;
    copies.set(copy.key, (copies.get(copy.key) ?? 0) + 1);
    expect(office.keyOf(copy.to)).toBe(copy.key);
  }
  for (const { key, outcome } of entries) {
    const most = outcome === 'sent' || outcome === 'uncertain' ? 1 : 0;
    const least = outcome === 'sent' ? 1 : 0;
    const has = copies.get(key) ?? 0;
    expect({ key, outcome, isWithin: has >= least && has <= most }).toEqual({
      key,
      outcome,
      isWithin: true,
    });
  }
  return counts;
};
