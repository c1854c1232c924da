import * as z from 'zod';
import type { Entry } from '../../entry.ts';
import { type Cadence, cadences } from '../../publication.ts';

/** Enough titles to fill a message: what is more waits for the next issue. */
const maxIssueArticles = 250;
const maxIssueCorrections = 40;

/** An entry under its number in the order of announcements. */
export interface NumberedEntry {
  readonly number: number;
  readonly entry: Entry;
  /** Of an article that is announced anew: its first number, and the cadences that had it. */
  readonly repeated?: { readonly arrival: number; readonly sentBy: Cadence[] };
}

/** Which issue of a cadence contained an article, and the correction that it mentioned. */
export const sentArticleSchema = z.object({
  articleId: z.string(),
  cadence: z.enum(cadences),
  issue: z.string(),
  correction: z.string().exactOptional(),
});
export type SentArticle = z.infer<typeof sentArticleSchema>;

export interface PendingEntries {
  /** Newest arrival first. */
  readonly entries: readonly Entry[];
  /** The number of each of the entries. */
  readonly arrivals: readonly number[];
  /** An issue of these entries covers the arrivals up to here. */
  readonly upTo: number;
  /** Later arrivals wait for the issue after it. */
  readonly hasMore: boolean;
  /** Articles of past issues that were corrected since, newest correction first. */
  readonly corrections: readonly Entry[];
}

export interface NumberedEntries {
  /** With those that came back; may contain an article twice. */
  readonly announced: readonly NumberedEntry[];
  readonly corrected: readonly NumberedEntry[];
  /** Of this cadence, for all these articles. */
  readonly sent: readonly SentArticle[];
  /** All of them up to this number are given. */
  readonly upTo: number;
}

/**
 * Selects what the next issue shows of what was numbered since the last one. An article that was withdrawn and came
 * back has a new number, and is shown unless an issue contained it before. Where there is more than an issue can show,
 * the earliest arrivals are selected, so that each article is in one issue sooner or later.
 */
export const selectPendingEntries = ({ announced, corrected, sent, upTo }: NumberedEntries): PendingEntries => {
  const sentById = new Map(sent.map((article) => [article.articleId, article]));
  const seen = new Set<string>();
  const pending = announced
    .toSorted((a, b) => b.number - a.number)
    .filter(({ entry: { id, email } }) => email && !sentById.has(id) && !seen.has(id) && seen.add(id));
  const corrections = corrected.filter(({ entry: { id, correction } }) => {
    const past = sentById.get(id);
    return correction !== undefined && past !== undefined && past.correction !== correction.text;
  });
  return keepEarliest(
    {
      entries: pending.map(({ entry }) => entry),
      arrivals: pending.map(({ number }) => number),
      upTo,
      hasMore: false,
      corrections: corrections.slice(0, maxIssueCorrections).map(({ entry }) => entry),
    },
    maxIssueArticles,
  );
};

/** The earliest `count` entries; the others wait. */
export const keepEarliest = (pending: PendingEntries, count: number): PendingEntries => {
  const { entries, arrivals } = pending;
  const firstWaiting = arrivals.at(-count - 1);
  if (entries.length <= count || firstWaiting === undefined) return pending;
  return {
    ...pending,
    entries: entries.slice(-count),
    arrivals: arrivals.slice(-count),
    // What another issue left out has a number between two arrivals.
    upTo: Math.ceil(firstWaiting) - 1,
    hasMore: true,
  };
};
