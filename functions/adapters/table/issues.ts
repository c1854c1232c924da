import { z } from 'zod';
import { entrySchema } from '../../core/entry.ts';
import { formatArrivalSortKey, listNames } from '../../core/lifecycle/list-positions.ts';
import {
  type CadenceState,
  cadenceStateSchema,
  formatIssueName,
  formatIssueSortKey,
  type Issue,
  type IssueSummary,
  issueSchema,
  issueSummarySchema,
} from '../../core/newsletter/issue/issue-record.ts';
import {
  type NumberedEntry,
  type PendingEntries,
  type SentArticle,
  selectPendingEntries,
  sentArticleSchema,
} from '../../core/newsletter/issue/pending-entries.ts';
import type { Cadence } from '../../core/publication.ts';
import { newsletterKeyPrefixes } from '../../platform/contract.ts';
import { buildSetUpdate } from './build-set-update.ts';
import type { ItemKey, TableClient } from './client.ts';

const toCadenceKey = (cadence: Cadence): ItemKey => ({
  pk: newsletterKeyPrefixes.cadence + cadence,
  sk: 'CADENCE',
});
const toIssueKey = (name: string): ItemKey => ({ pk: newsletterKeyPrefixes.issue + name, sk: 'ISSUE' });
const issueIndexPartition = 'ISSUES';
const toSentArticleKey = (article: string, cadence: Cadence): ItemKey => ({
  pk: newsletterKeyPrefixes.sentArticle + article,
  sk: cadence,
});

const numberedEntrySchema = entrySchema
  .extend({ sk: z.string() })
  .transform(({ sk, ...entry }): NumberedEntry => ({ number: Number(sk), entry }));
/** Entries read at once while an issue is filled. */
const pageSize = 200;
/** Returns and corrections between two issues that are looked at. */
const maxReturnsAndCorrections = 500;

/** Arrivals after one number, up to and with another. */
export interface ArrivalRange {
  readonly after: number;
  readonly upTo: number;
}

type OpenIssue = NonNullable<CadenceState['open']>;

/** How far each cadence has come, its issues, and what waits for the next. */
export const createIssueStore = (table: TableClient) => {
  const listNumbered = async (
    list: string,
    { after, upTo }: ArrivalRange,
    limit: number,
  ): Promise<NumberedEntry[]> => {
    if (upTo <= after) return [];
    const range = { pk: list, from: formatArrivalSortKey(after + 1), upTo: formatArrivalSortKey(upTo) };
    return table.query({ ...range, newestFirst: true, limit }, numberedEntrySchema);
  };
  const listSentArticles = (cadence: Cadence, articles: readonly string[]): Promise<SentArticle[]> =>
    table.getMany(
      articles.map((id) => toSentArticleKey(id, cadence)),
      sentArticleSchema,
    );
  const listSentOf = (cadence: Cadence, all: readonly NumberedEntry[]): Promise<SentArticle[]> =>
    listSentArticles(cadence, [...new Set(all.map(({ entry }) => entry.id))]);

  return {
    getCadence: async (cadence: Cadence): Promise<CadenceState> =>
      (await table.get(toCadenceKey(cadence), cadenceStateSchema)) ?? cadenceStateSchema.parse({}),

    /** Lets a cadence begin behind an arrival, unless it has begun. */
    startCadence: async (cadence: Cadence, arrival: number): Promise<void> => {
      await table.update(toCadenceKey(cadence), {
        ...buildSetUpdate({ arrival, number: 0 }),
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValues: 'NONE',
      });
    },

    /** Goes on where a cadence stood in another place; false where it has had an issue here. */
    restoreCadence: async (cadence: Cadence, state: CadenceState): Promise<boolean> => {
      const { ExpressionAttributeNames, ...change } = buildSetUpdate(state);
      const resumed = await table.update(toCadenceKey(cadence), {
        ...change,
        ExpressionAttributeNames: { ...ExpressionAttributeNames, '#at': 'at' },
        ConditionExpression: 'attribute_not_exists(#at)',
        ReturnValues: 'NONE',
      });
      return resumed !== undefined;
    },

    /** Opens an issue, unless the cadence is not any more as it was read. */
    open: async (cadence: Cadence, read: CadenceState, open: OpenIssue): Promise<boolean> => {
      const opened = await table.update(toCadenceKey(cadence), {
        ...buildSetUpdate({ open, at: open.at, number: read.number }, { before: read.at ?? '' }),
        ConditionExpression: `attribute_not_exists(#open) AND ${
          read.number === 0 ? '(attribute_not_exists(#number) OR #number = :number)' : '#number = :number'
        } AND (#at = :before${read.at === undefined ? ' OR attribute_not_exists(#at)' : ''})`,
        ReturnValues: 'NONE',
      });
      return opened !== undefined;
    },

    /** Notes down that the open issue covers its arrivals. */
    markCovered: async (cadence: Cadence, { number, at, upTo }: OpenIssue): Promise<void> => {
      await table.update(toCadenceKey(cadence), {
        UpdateExpression: 'SET #number = :number, arrival = :upTo',
        ConditionExpression: '#open.#number = :number AND #open.#at = :at',
        ExpressionAttributeNames: { '#open': 'open', '#number': 'number', '#at': 'at' },
        ExpressionAttributeValues: { ':number': number, ':at': at, ':upTo': upTo },
        ReturnValues: 'NONE',
      });
    },

    /** Makes way for the next issue. What the open one does not cover by now waits again, and so does its number. */
    close: async (cadence: Cadence, { number, at }: OpenIssue): Promise<void> => {
      await table.update(toCadenceKey(cadence), {
        UpdateExpression: 'REMOVE #open',
        ConditionExpression: '#open.#number = :number AND #open.#at = :at',
        ExpressionAttributeNames: { '#open': 'open', '#number': 'number', '#at': 'at' },
        ExpressionAttributeValues: { ':number': number, ':at': at },
        ReturnValues: 'NONE',
      });
    },

    get: (name: string): Promise<Issue | undefined> => table.get(toIssueKey(name), issueSchema),

    /** Writes a new issue's record, unless it is there; one that was discarded gives its number to the next. */
    create: async (issue: Issue): Promise<void> => {
      await table.update(toIssueKey(formatIssueName(issue)), {
        ...buildSetUpdate(issue, { discarded: 'discarded' }),
        ConditionExpression: 'attribute_not_exists(pk) OR (#state = :discarded AND #at <> :at)',
        ReturnValues: 'NONE',
      });
    },

    /** Changes an issue that is as it was read: its new record, or undefined where somebody was faster. */
    advance: async (
      issue: Issue,
      changes: Partial<Issue> & Pick<Issue, 'state'>,
    ): Promise<Issue | undefined> => {
      const changed = await table.update(toIssueKey(formatIssueName(issue)), {
        ...buildSetUpdate({ ...changes, at: issue.at }, { was: issue.state }),
        ConditionExpression: '#state = :was AND #at = :at',
      });
      return changed && issueSchema.parse(changed);
    },

    /** Puts an issue into the list of issues. */
    addToIndex: ({ cadence, number, at, subject, articles }: IssueSummary, timeZone: string): Promise<void> =>
      table.writeMany([
        {
          put: {
            pk: issueIndexPartition,
            sk: formatIssueSortKey({ cadence, number, at }, timeZone),
            ...{ cadence, number, at, subject, articles },
          },
        },
      ]),

    /** Lines of the list of issues, oldest first unless said otherwise; of one year, or of all. */
    listIssues: (
      part: { readonly year?: string; readonly newestFirst?: boolean; readonly limit?: number } = {},
    ): Promise<IssueSummary[]> => {
      const { year, ...rest } = part;
      return table.query(
        { pk: issueIndexPartition, ...(year && { prefix: year }), ...rest },
        issueSummarySchema,
      );
    },

    /** Notes down which articles an issue carries. */
    recordSent: (articles: readonly SentArticle[]): Promise<void> =>
      table.writeMany(
        articles.map((one) => ({ put: { ...toSentArticleKey(one.articleId, one.cadence), ...one } })),
      ),

    /** Which of these articles, each named once, issues of a cadence carried. */
    carriedOf: listSentArticles,

    /** What an issue of a cadence over these arrivals would show now. */
    listPending: async (cadence: Cadence, arrivals: ArrivalRange): Promise<PendingEntries> => {
      const [returned, corrected] = await Promise.all([
        listNumbered(listNames.returned, arrivals, maxReturnsAndCorrections),
        listNumbered(listNames.corrections, arrivals, maxReturnsAndCorrections),
      ]);
      const announced = [...returned];
      const known = await listSentOf(cadence, [...returned, ...corrected]);
      for (let { upTo } = arrivals; ; ) {
        const page = await listNumbered(listNames.latest, { after: arrivals.after, upTo }, pageSize);
        announced.push(...page);
        known.push(...(await listSentOf(cadence, page)));
        const chosen = selectPendingEntries(announced, corrected, known);
        const last = page.at(-1);
        if (chosen.hasMore || page.length < pageSize || !last) return chosen;
        upTo = last.number - 1;
      }
    },
  };
};

export type IssueStore = ReturnType<typeof createIssueStore>;
