import * as z from 'zod';
import type { Entry } from '../../entry.ts';
import { cadences } from '../../publication.ts';

/** An issue shows the newest, and says that older ones are on the site. */
const maxIssueArticles = 100;
const maxIssueCorrections = 40;

/** An entry under its number in the order of announcements. */
export interface NumberedEntry {
  readonly number: number;
  readonly entry: Entry;
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
  readonly entries: readonly Entry[];
  readonly hasMore: boolean;
  /** Articles of past issues that were corrected since, newest correction first. */
  readonly corrections: readonly Entry[];
}

/**
 * Selects what the next issue shows of what was numbered since the last one. An article that was withdrawn and came
 * back has a new number, and is shown unless an issue contained it before.
 * @param announced with those that came back; may contain an article twice
 * @param sent of this cadence, for all these articles
 */
export const selectPendingEntries = (
  announced: readonly NumberedEntry[],
  corrected: readonly NumberedEntry[],
  sent: readonly SentArticle[],
): PendingEntries => {
  const sentById = new Map(sent.map((article) => [article.articleId, article]));
  const seen = new Set<string>();
  const entries = announced
    .toSorted((a, b) => b.number - a.number)
    .map(({ entry }) => entry)
    .filter(({ id, email }) => email && !sentById.has(id) && !seen.has(id) && seen.add(id));
  const corrections = corrected.filter(({ entry: { id, correction } }) => {
    const past = sentById.get(id);
    return correction !== undefined && past !== undefined && past.correction !== correction.text;
  });
  return {
    entries: entries.slice(0, maxIssueArticles),
    hasMore: entries.length > maxIssueArticles,
    corrections: corrections.slice(0, maxIssueCorrections).map(({ entry }) => entry),
  };
};
