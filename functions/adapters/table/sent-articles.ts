import * as z from 'zod';
import { entrySchema } from '../../core/entry.ts';
import { formatArrivalSortKey, listNames, maxArrival } from '../../core/lifecycle/list-positions.ts';
import { type LetterReader, selectLetterEntries } from '../../core/newsletter/issue/letters.ts';
import {
  type NumberedEntries,
  type NumberedEntry,
  type PendingEntries,
  type SentArticle,
  selectPendingEntries,
  sentArticleSchema,
} from '../../core/newsletter/issue/pending-entries.ts';
import { type Cadence, cadences } from '../../core/publication.ts';
import { keyPrefixes } from '../../platform/contract.ts';
import { createArticleStore } from './articles.ts';
import type { ItemKey, TableClient } from './client.ts';

const toSentArticleKey = (articleId: string, cadence: Cadence): ItemKey => ({
  pk: keyPrefixes.sentArticle + articleId,
  sk: cadence,
});

const numberedEntrySchema = entrySchema
  .extend({ sk: z.string() })
  .transform(({ sk, ...entry }): NumberedEntry => ({ number: Number(sk), entry }));
const leftOutPartition = 'LEFT_OUT';
const leftOutSchema = z.object({ sk: z.string(), id: z.string() });

/** An article that came back, or that an issue left out, and its first number. */
type RepeatedEntry = z.infer<typeof returnedEntrySchema>;
const returnedEntrySchema = entrySchema
  .extend({ sk: z.string(), arrival: z.number().default(0) })
  .transform(({ sk, arrival, ...entry }) => ({ number: Number(sk), entry, arrival }));
/** Entries read at once while an issue is filled. */
const pageSize = 200;
/** Left-out articles come between what the issue covered and the next number. */
const numberAfter = 0.5;
/** Returned and corrected articles between two issues that are read. */
const maxReturnsAndCorrections = 500;

export interface CadenceArrival {
  readonly cadence: Cadence;
  /** The last arrival that an issue has covered. */
  readonly after: number;
}

export interface ArrivalRange {
  readonly after: number;
  readonly upTo: number;
}

interface RecentlyAnnounced {
  readonly cadences: readonly CadenceArrival[];
  /** All that was announced after the last issues. */
  readonly announced: readonly NumberedEntry[];
  /** Whether something was returned or corrected since. */
  readonly hasAmendments: boolean;
  /** Whether an issue may have had one of those that were announced. */
  readonly maySent: boolean;
}

export interface RecentlyPending {
  readonly pending: ReadonlyMap<Cadence, PendingEntries>;
  /** Whether an issue had one of them. */
  readonly hasSent: boolean;
}

/** Which articles the issues of each cadence contained, and which are pending. */
export const createSentArticleStore = (table: TableClient) => {
  const listNumbered = async (
    list: string,
    { after, upTo }: ArrivalRange,
    part: { readonly newestFirst?: boolean; readonly limit: number },
  ): Promise<NumberedEntry[]> => {
    if (upTo <= after) return [];
    const range = { pk: list, from: formatArrivalSortKey(after + 1), upTo: formatArrivalSortKey(upTo) };
    return table.query({ ...range, ...part }, numberedEntrySchema);
  };

  const list = (cadence: Cadence, articleIds: Iterable<string>): Promise<SentArticle[]> =>
    table.getMany(
      [...new Set(articleIds)].map((id) => toSentArticleKey(id, cadence)),
      sentArticleSchema,
    );

  /** An issue that covers up to a number leaves articles to whichever comes next, even if nothing else is announced. */
  const listLeftOut = async ({ after, upTo }: ArrivalRange): Promise<RepeatedEntry[]> => {
    const range = { from: formatArrivalSortKey(after), upTo: `${formatArrivalSortKey(upTo)}~` };
    const positions = await table.query({ pk: leftOutPartition, ...range }, leftOutSchema);
    const articles = await createArticleStore(table).getMany([...new Set(positions.map(({ id }) => id))]);
    const published = new Map(articles.map((article) => [article.id, article]));
    return positions.flatMap(({ sk, id }) => {
      const { state, entry, arrival = 0 } = published.get(id) ?? {};
      return state === 'published' && entry ? [{ number: Number.parseInt(sk, 10) + numberAfter, entry, arrival }] : [];
    });
  };

  const listReturned = async ({ after, upTo }: ArrivalRange): Promise<RepeatedEntry[]> => {
    if (upTo <= after) return [];
    const range = { from: formatArrivalSortKey(after + 1), upTo: formatArrivalSortKey(upTo) };
    const limit = maxReturnsAndCorrections;
    return table.query({ pk: listNames.returned, ...range, limit }, returnedEntrySchema);
  };

  /** With the cadences that had each before. */
  const findSenders = async (entries: readonly RepeatedEntry[]): Promise<NumberedEntry[]> => {
    const ids = [...new Set(entries.map(({ entry }) => entry.id))];
    const keys = ids.flatMap((id) => cadences.map((cadence) => toSentArticleKey(id, cadence)));
    const sent = await table.getMany(keys, sentArticleSchema);
    return entries.map(({ number, entry, arrival }) => {
      const sentBy = sent.filter(({ articleId }) => articleId === entry.id).map(({ cadence }) => cadence);
      return { number, entry, repeated: { arrival, sentBy } };
    });
  };

  const listOfEntries = (cadence: Cadence, entries: readonly NumberedEntry[]): Promise<SentArticle[]> =>
    list(
      cadence,
      entries.map(({ entry }) => entry.id),
    );

  /**
   * What an issue of a cadence over these arrivals may contain now, and what it would contain for a reader. No more is
   * read than is needed to fill it.
   */
  const readPool = async (
    cadence: Cadence,
    arrivals: ArrivalRange,
    reader?: LetterReader,
  ): Promise<{ readonly pool: NumberedEntries; readonly pending: PendingEntries }> => {
    const limit = maxReturnsAndCorrections;
    const [leftOut, returned, corrected] = await Promise.all([
      listLeftOut(arrivals),
      listReturned(arrivals),
      listNumbered(listNames.corrections, arrivals, { newestFirst: true, limit }),
    ]);
    // Where not all that came back was read, an issue covers no more than that.
    const lastReturned = returned.length < limit ? undefined : returned.at(-1)?.number;
    const upTo = Math.min(arrivals.upTo, lastReturned ?? arrivals.upTo);
    const announced = await findSenders([...leftOut, ...returned]);
    const sent = await listOfEntries(cadence, [...announced, ...corrected]);
    for (let { after } = arrivals; ; ) {
      const page = await listNumbered(listNames.latest, { after, upTo }, { limit: pageSize });
      announced.push(...page);
      sent.push(...(await listOfEntries(cadence, page)));
      const last = page.length < pageSize ? undefined : page.at(-1);
      const readUpTo = last?.number ?? upTo;
      const pool = {
        announced: announced.filter(({ number }) => number < readUpTo + 1),
        corrected,
        sent,
        upTo: readUpTo,
      };
      const pending = selectLetterEntries(pool, reader ?? arrivals, {
        cadence,
        regularAfter: reader ? undefined : arrivals.after,
      });
      if (!last || pending.hasMore)
        return { pool, pending: { ...pending, hasMore: pending.hasMore || upTo < arrivals.upTo } };
      after = last.number;
    }
  };

  return {
    /** Has articles that an issue left out follow what it covers, so that the next one has them. */
    postpone: (articleIds: readonly string[], { upTo }: Pick<ArrivalRange, 'upTo'>): Promise<void> =>
      table.writeMany(
        articleIds.map((id) => ({ put: { pk: leftOutPartition, sk: `${formatArrivalSortKey(upTo)}#${id}`, id } })),
      ),

    record: (articles: readonly SentArticle[]): Promise<void> =>
      table.writeMany(
        articles.map((article) => ({ put: { ...toSentArticleKey(article.articleId, article.cadence), ...article } })),
      ),

    list,

    /**
     * What the next issues of cadences would contain, where nothing was left out of one.
     * @returns undefined where more was amended than is read at once
     */
    listRecentlyPending: async ({
      cadences,
      announced,
      hasAmendments,
      maySent,
    }: RecentlyAnnounced): Promise<RecentlyPending | undefined> => {
      const arrivals = { after: Math.min(...cadences.map(({ after }) => after)), upTo: maxArrival };
      const limit = maxReturnsAndCorrections;
      const [returned, corrected] = hasAmendments
        ? await Promise.all([
            listNumbered(listNames.returned, arrivals, { limit }),
            listNumbered(listNames.corrections, arrivals, { newestFirst: true, limit }),
          ])
        : [[], []];
      if (returned.length === limit || corrected.length === limit) return undefined;
      const selected = cadences.map(({ cadence, after }) => {
        const select = (entries: readonly NumberedEntry[]) => entries.filter(({ number }) => number > after);
        return {
          cadence,
          announced: select([...returned, ...announced]),
          corrected: select(corrected),
          sought: select([...returned, ...corrected, ...(maySent ? announced : [])]),
        };
      });
      const sent = await table.getMany(
        selected.flatMap(({ cadence, sought }) => {
          const ids = new Set(sought.map(({ entry }) => entry.id));
          return [...ids].map((id) => toSentArticleKey(id, cadence));
        }),
        sentArticleSchema,
      );
      const selectOf = ({ cadence, announced, corrected }: (typeof selected)[number]): [Cadence, PendingEntries] => [
        cadence,
        selectPendingEntries({
          announced,
          corrected,
          sent: sent.filter((article) => article.cadence === cadence),
          upTo: maxArrival,
        }),
      ];
      return {
        pending: new Map(selected.map(selectOf)),
        hasSent: selected.some((one) =>
          one.announced.some(({ entry }) =>
            sent.some(({ articleId, cadence }) => articleId === entry.id && cadence === one.cadence),
          ),
        ),
      };
    },

    hasLeftOut: async (arrivals: ArrivalRange): Promise<boolean> => (await listLeftOut(arrivals)).length > 0,

    /** What an issue of a cadence over these arrivals would contain now. */
    listPending: async (cadence: Cadence, arrivals: ArrivalRange): Promise<PendingEntries> =>
      (await readPool(cadence, arrivals)).pending,

    readPool,
  };
};

export type SentArticleStore = ReturnType<typeof createSentArticleStore>;
