import { expect } from 'vitest';
import { tally } from '../../functions/core/newsletter/delivery.ts';
import type { Office } from './post-office.ts';

/**
 * Holds an issue to rule 6: it adds up, nobody has it twice, and who has it not is failed, suppressed or uncertain.
 * @param planned the addresses it was for
 */
export const expectAddsUp = async (office: Office, issue: string, planned: readonly string[]) => {
  const ledger = await office.ledger(issue);
  const entries = ledger.flatMap(({ recipients }) => recipients);
  expect(ledger.map(({ state }) => state)).toEqual(ledger.map(() => 'done'));
  expect(entries.map(({ email }) => email).sort()).toEqual([...planned].sort());
  const counts = tally(ledger);
  expect(counts.waiting).toBe(0);
  expect(counts.sent + counts.failed + counts.suppressed + counts.uncertain).toBe(planned.length);

  const copies = new Map<string, number>();
  for (const head of office.ses.mails.list({ limit: 1000 })) {
    const mail = office.ses.mails.get(head.id);
    if (mail?.tags.issue !== issue) continue;
    const key = mail.tags.key ?? '';
    copies.set(key, (copies.get(key) ?? 0) + 1);
    expect(office.keyOf(mail.to)).toBe(key);
  }
  for (const { key, email, outcome } of entries) {
    const most = outcome === 'sent' || outcome === 'uncertain' ? 1 : 0;
    const least = outcome === 'sent' ? 1 : 0;
    const has = copies.get(key) ?? 0;
    expect({ email, outcome, isWithin: has >= least && has <= most }).toEqual({
      email,
      outcome,
      isWithin: true,
    });
  }
  return counts;
};
