import { type Entry, putFeaturedFirst } from '../../entry.ts';
import type { IssueEdits } from './issue-record.ts';
import type { PendingEntries } from './pending-entries.ts';

/** What an issue may contain: not the articles that its editor left out. */
export const omitLeftOut = (pending: PendingEntries, { leftOut = [] }: IssueEdits): PendingEntries => {
  if (leftOut.length === 0) return pending;
  const kept = pending.entries.flatMap((entry, index) =>
    leftOut.includes(entry.id) ? [] : [{ entry, arrival: pending.arrivals[index] ?? 0 }],
  );
  return {
    ...pending,
    entries: kept.map(({ entry }) => entry),
    arrivals: kept.map(({ arrival }) => arrival),
  };
};

/** In the order of an issue: those that its editor put first, then those that their authors did, then the others. */
export const orderEntries = <T extends Pick<Entry, 'id' | 'featured'>>(
  entries: readonly T[],
  { order = [] }: IssueEdits,
): T[] => {
  const chosen = order.flatMap((id) => entries.find((entry) => entry.id === id) ?? []);
  return [...new Set([...chosen, ...putFeaturedFirst(entries)])];
};
