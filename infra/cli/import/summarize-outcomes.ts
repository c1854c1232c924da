import type { SeedChangeOutcome } from '../seeds/find-seed-outcome.ts';

export interface PublishSummary {
  readonly addresses: ReadonlyMap<string, string>;
  readonly scheduled: number;
  readonly refused: readonly { readonly key: string; readonly reason: string }[];
  /** Seeds of which nothing was heard, or that somebody else has changed since. */
  readonly waiting: number;
}

export const summarizeOutcomes = (outcomes: ReadonlyMap<string, SeedChangeOutcome>): PublishSummary => {
  const addresses = new Map<string, string>();
  const refused: { key: string; reason: string }[] = [];
  let scheduled = 0;
  for (const [key, outcome] of outcomes) {
    if (outcome.state === 'published') addresses.set(key, outcome.address);
    if (outcome.state === 'refused') refused.push({ key, reason: outcome.reason });
    if (outcome.state === 'scheduled') scheduled += 1;
  }
  const waiting = outcomes.size - addresses.size - refused.length - scheduled;
  return { addresses, scheduled, refused, waiting };
};
