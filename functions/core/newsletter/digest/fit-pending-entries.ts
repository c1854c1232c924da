import type { Entry } from '../../entry.ts';
import { keepEarliest, type PendingEntries } from '../issue/pending-entries.ts';
import { countFittingTitles, maxDigestBytes } from './build-digest.ts';
import type { DigestInput } from './digest-input.ts';

/** A message has space for fewer in full. */
const maxArticlesInFull = 100;

/** The newest entries that may be shown in full: the bodies of the others need not be read. */
export const selectEntriesToRead = (entries: readonly Entry[]): ReadonlySet<Entry> =>
  new Set(entries.slice(0, maxArticlesInFull).filter(({ bodyLength }) => bodyLength <= 10 * maxDigestBytes));

/**
 * The earliest of the pending entries that fit into one message at least by their titles: the others wait for the next
 * issue. One always fits.
 */
export const fitPendingEntries = (
  pending: PendingEntries,
  context: Omit<DigestInput, 'entries' | 'hasMore' | 'corrections'>,
): PendingEntries => {
  for (let fitted = pending; ; ) {
    const { entries, hasMore, corrections } = fitted;
    const withoutBodies = entries.map((entry) => ({ ...entry, html: '', text: '' }));
    const count = Math.max(1, countFittingTitles({ ...context, entries: withoutBodies, hasMore, corrections }));
    if (entries.length <= count) return fitted;
    fitted = keepEarliest(fitted, count);
  }
};
