import * as z from 'zod';
import { entrySchema } from '../../entry.ts';
import { type Cadence, cadences } from '../../publication.ts';
import type { MissedRange } from '../subscriber/progress.ts';
import type { ActiveSubscriber } from '../subscriber/subscriber-record.ts';
import { isWanted } from '../subscriber/topic-choice.ts';
import { type NumberedEntries, type PendingEntries, selectPendingEntries } from './pending-entries.ts';

/** An article that was announced before, and which cadences had it by then. */
const repeatedArticleSchema = z.object({
  id: z.string(),
  arrival: z.number(),
  sentBy: z.array(z.enum(cadences)),
});
export type RepeatedArticle = z.infer<typeof repeatedArticleSchema>;

/**
 * The letters of an issue besides the first, which is on the web. They are for readers who are at another position, or
 * chose topics. Those for whom the same articles are left share one.
 */
export const letterPlanSchema = z.object({
  /** What a reader's class depends on. */
  repeated: z.array(repeatedArticleSchema),
  /** Which letter each class of readers gets. Without `letter`, there is nothing for them. */
  classes: z.record(z.string(), z.object({ letter: z.number().exactOptional(), cutAt: z.number().exactOptional() })),
  entries: z.array(entrySchema),
  letters: z.array(
    z.object({
      articles: z.array(z.string()),
      corrections: z.array(z.string()),
      hasMore: z.boolean(),
      /** Where it ends, if it ends before the issue because it had no space for more. */
      cutAt: z.number().exactOptional(),
    }),
  ),
});
export type LetterPlan = z.infer<typeof letterPlanSchema>;

/** What distinguishes a reader's letter from another's. */
export interface LetterReader {
  readonly after: number;
  readonly topics?: readonly string[] | undefined;
  readonly passed?: ActiveSubscriber['passed'];
  readonly missed?: readonly MissedRange[] | undefined;
}

/** Where the first of the articles may be that a reader has not had. */
export const findFirstAfter = ({ after, missed = [] }: LetterReader): number =>
  Math.min(after, ...missed.map((range) => range.after));

const hasHad = ({ after, missed = [] }: LetterReader, number: number): boolean =>
  number <= after && !missed.some((range) => number > range.after && number <= range.upTo);

/**
 * Whether a reader had an article before it was announced anew: if the cadence had it that they were in at that time.
 */
const hadBefore = (
  { arrival, sentBy }: Pick<RepeatedArticle, 'arrival' | 'sentBy'>,
  { passed = [] }: LetterReader,
  cadence: Cadence,
): boolean => sentBy.includes(passed.find(({ upTo }) => arrival <= upTo)?.cadence ?? cadence);

/** Readers of one class get the same letter. @param repeated those among the articles after `regularAfter` */
export const formatReaderClass = (
  reader: LetterReader,
  repeated: readonly RepeatedArticle[],
  { cadence, regularAfter }: { readonly cadence: Cadence; readonly regularAfter: number },
): string => {
  const { after, topics, passed = [], missed = [] } = reader;
  const history =
    findFirstAfter(reader) < regularAfter
      ? passed.map(({ cadence: former, upTo }) => `${former}:${upTo}`)
      : repeated.flatMap((article, index) => (hadBefore(article, reader, cadence) ? [index] : []));
  const ranges = missed.map((range) => `${range.after}-${range.upTo}`);
  return [after, topics?.join() ?? '*', history.join(), ranges.join()].join(' ');
};

/**
 * Selects what a reader gets of the entries that an issue is made from.
 * @param regularAfter where readers are who are in step with the cadence; undefined where none of them are meant
 */
export const selectLetterEntries = (
  pool: NumberedEntries,
  reader: LetterReader,
  { cadence, regularAfter }: { readonly cadence: Cadence; readonly regularAfter: number | undefined },
): PendingEntries => {
  const { after, topics } = reader;
  const announced = pool.announced.filter(
    ({ number, entry, repeated }) =>
      !hasHad(reader, number) && isWanted(entry, topics) && !(repeated && hadBefore(repeated, reader, cadence)),
  );
  // Readers who are elsewhere may have missed what the cadence has had; what they had is before their position.
  const missed = announced.filter(({ repeated }) => repeated || after !== regularAfter);
  const missedIds = new Set(missed.map(({ entry }) => entry.id));
  return selectPendingEntries({
    announced,
    corrected: pool.corrected.filter(({ number, entry }) => number > after && isWanted(entry, topics)),
    sent: pool.sent.filter(({ articleId }) => !missedIds.has(articleId)),
    upTo: pool.upTo,
  });
};
