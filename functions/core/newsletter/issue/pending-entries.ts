import { z } from 'zod';
import type { Entry } from '../../entry.ts';
import { cadences } from '../../publication.ts';

/** Articles that an issue shows; of those before them it says that they are on the site. */
const maxIssueArticles = 100;
/** Corrections that an issue tells of. */
const maxIssueCorrections = 40;

/** An entry under its number in the order of announcements. */
export interface NumberedEntry {
  readonly number: number;
  readonly entry: Entry;
}

/** Which issue of a cadence carried an article, and the correction that it told of by then. */
export const sentArticleSchema = z.object({
  articleId: z.string(),
  cadence: z.enum(cadences),
  issue: z.string(),
  correction: z.string().exactOptional(),
});
export type SentArticle = z.infer<typeof sentArticleSchema>;

/** What the next issue of a cadence would show. */
export interface PendingEntries {
  /** Newest arrival first. */
  readonly entries: readonly Entry[];
  /** Older articles wait too. */
  readonly hasMore: boolean;
  /** Articles of past issues that were corrected since, newest correction first. */
  readonly corrections: readonly Entry[];
}

/**
 * Chooses what an issue shows of what was numbered since the last one. An article that left the site and came back
 * stands there anew, and is shown unless an issue carried it before.
 * @param announced newest first, together with those that came back; may name an article twice
 * @param carried of this cadence, for all articles named
 */
export const selectPendingEntries = (
  announced: readonly NumberedEntry[],
  corrected: readonly NumberedEntry[],
  carried: readonly SentArticle[],
): PendingEntries => {
  const before = new Map(carried.map((one) => [one.articleId, one]));
  const seen = new Set<string>();
  const entries = announced
    .toSorted((a, b) => b.number - a.number)
    .map(({ entry }) => entry)
    .filter(({ id, email }) => email && !before.has(id) && !seen.has(id) && seen.add(id));
  const told = corrected.filter(({ entry: { id, correction } }) => {
    const past = before.get(id);
    return correction !== undefined && past !== undefined && past.correction !== correction.text;
  });
  return {
    entries: entries.slice(0, maxIssueArticles),
    hasMore: entries.length > maxIssueArticles,
    corrections: told.slice(0, maxIssueCorrections).map(({ entry }) => entry),
  };
};
