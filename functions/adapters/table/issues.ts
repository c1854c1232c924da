import { z } from 'zod';
import { entrySchema } from '../../core/entry.ts';
import { arrivalSort, lists } from '../../core/filing/lists.ts';
import { issueSort } from '../../core/newsletter/issue-sort.ts';
import {
  type CadenceState,
  cadenceStateSchema,
  type Issue,
  type IssueLine,
  issueLineSchema,
  issueName,
  issueSchema,
} from '../../core/newsletter/records.ts';
import {
  type Carried,
  carriedSchema,
  chooseWaiting,
  type Numbered,
  type Waiting,
} from '../../core/newsletter/waiting.ts';
import type { Cadence } from '../../core/publication.ts';
import { ledgerKeys } from '../../runtime/contract.ts';
import type { Key, TableClient } from './client.ts';
import { setAttributes } from './set-attributes.ts';

const cadenceKey = (cadence: Cadence): Key => ({ pk: ledgerKeys.cadence + cadence, sk: 'CADENCE' });
const issueKey = (name: string): Key => ({ pk: ledgerKeys.issue + name, sk: 'ISSUE' });
const linesKey = 'ISSUES';
const carriedKey = (article: string, cadence: Cadence): Key => ({
  pk: ledgerKeys.carried + article,
  sk: cadence,
});

const numberedSchema = entrySchema
  .extend({ sk: z.string() })
  .transform(({ sk, ...entry }): Numbered => ({ number: Number(sk), entry }));
/** Entries read at once while an issue is filled. */
const portion = 200;
/** Returns and corrections between two issues that are looked at. */
const mostSpecial = 500;

/** Arrivals after one number, up to and with another. */
export interface Arrivals {
  readonly after: number;
  readonly upTo: number;
}

type Opening = NonNullable<CadenceState['open']>;

/** How far each cadence has come, its issues, and what waits for the next. */
export const createIssueStore = (table: TableClient) => {
  const numbered = async (list: string, { after, upTo }: Arrivals, limit: number): Promise<Numbered[]> => {
    if (upTo <= after) return [];
    const range = { pk: list, from: arrivalSort(after + 1), upTo: arrivalSort(upTo) };
    return table.query({ ...range, newestFirst: true, limit }, numberedSchema);
  };
  const carriedOf = (cadence: Cadence, articles: readonly string[]): Promise<Carried[]> =>
    table.getMany(
      articles.map((id) => carriedKey(id, cadence)),
      carriedSchema,
    );
  const carried = (cadence: Cadence, all: readonly Numbered[]): Promise<Carried[]> =>
    carriedOf(cadence, [...new Set(all.map(({ entry }) => entry.id))]);

  return {
    cadence: async (cadence: Cadence): Promise<CadenceState> =>
      (await table.get(cadenceKey(cadence), cadenceStateSchema)) ?? cadenceStateSchema.parse({}),

    /** Lets a cadence begin behind an arrival, unless it has begun. */
    begin: async (cadence: Cadence, arrival: number): Promise<void> => {
      await table.update(cadenceKey(cadence), {
        ...setAttributes({ arrival, number: 0 }),
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValues: 'NONE',
      });
    },

    /** Goes on where a cadence stood in another place; false where it has had an issue here. */
    resume: async (cadence: Cadence, state: CadenceState): Promise<boolean> => {
      const { ExpressionAttributeNames, ...change } = setAttributes(state);
      const resumed = await table.update(cadenceKey(cadence), {
        ...change,
        ExpressionAttributeNames: { ...ExpressionAttributeNames, '#at': 'at' },
        ConditionExpression: 'attribute_not_exists(#at)',
        ReturnValues: 'NONE',
      });
      return resumed !== undefined;
    },

    /** Opens an issue, unless the cadence is not any more as it was read. */
    open: async (cadence: Cadence, read: CadenceState, open: Opening): Promise<boolean> => {
      const opened = await table.update(cadenceKey(cadence), {
        ...setAttributes({ open, at: open.at, number: read.number }, { before: read.at ?? '' }),
        ConditionExpression: `attribute_not_exists(#open) AND ${
          read.number === 0 ? '(attribute_not_exists(#number) OR #number = :number)' : '#number = :number'
        } AND (#at = :before${read.at === undefined ? ' OR attribute_not_exists(#at)' : ''})`,
        ReturnValues: 'NONE',
      });
      return opened !== undefined;
    },

    /** Notes down that the open issue covers its arrivals. */
    cover: async (cadence: Cadence, { number, at, upTo }: Opening): Promise<void> => {
      await table.update(cadenceKey(cadence), {
        UpdateExpression: 'SET #number = :number, arrival = :upTo',
        ConditionExpression: '#open.#number = :number AND #open.#at = :at',
        ExpressionAttributeNames: { '#open': 'open', '#number': 'number', '#at': 'at' },
        ExpressionAttributeValues: { ':number': number, ':at': at, ':upTo': upTo },
        ReturnValues: 'NONE',
      });
    },

    /** Makes way for the next issue. What the open one does not cover by now waits again, and so does its number. */
    close: async (cadence: Cadence, { number, at }: Opening): Promise<void> => {
      await table.update(cadenceKey(cadence), {
        UpdateExpression: 'REMOVE #open',
        ConditionExpression: '#open.#number = :number AND #open.#at = :at',
        ExpressionAttributeNames: { '#open': 'open', '#number': 'number', '#at': 'at' },
        ExpressionAttributeValues: { ':number': number, ':at': at },
        ReturnValues: 'NONE',
      });
    },

    get: (name: string): Promise<Issue | undefined> => table.get(issueKey(name), issueSchema),

    /** Writes a new issue's record, unless it is there; one that was discarded gives its number to the next. */
    create: async (issue: Issue): Promise<void> => {
      await table.update(issueKey(issueName(issue)), {
        ...setAttributes(issue, { discarded: 'discarded' }),
        ConditionExpression: 'attribute_not_exists(pk) OR (#state = :discarded AND #at <> :at)',
        ReturnValues: 'NONE',
      });
    },

    /** Changes an issue that is as it was read: its new record, or undefined where somebody was faster. */
    advance: async (
      issue: Issue,
      changes: Partial<Issue> & Pick<Issue, 'state'>,
    ): Promise<Issue | undefined> => {
      const changed = await table.update(issueKey(issueName(issue)), {
        ...setAttributes({ ...changes, at: issue.at }, { was: issue.state }),
        ConditionExpression: '#state = :was AND #at = :at',
      });
      return changed && issueSchema.parse(changed);
    },

    /** Puts an issue into the list of issues. */
    enlist: ({ cadence, number, at, subject, articles }: IssueLine, timeZone: string): Promise<void> =>
      table.writeMany([
        {
          put: {
            pk: linesKey,
            sk: issueSort({ cadence, number, at }, timeZone),
            ...{ cadence, number, at, subject, articles },
          },
        },
      ]),

    /** Lines of the list of issues, oldest first unless said otherwise; of one year, or of all. */
    lines: (
      part: { readonly year?: string; readonly newestFirst?: boolean; readonly limit?: number } = {},
    ): Promise<IssueLine[]> => {
      const { year, ...rest } = part;
      return table.query({ pk: linesKey, ...(year && { prefix: year }), ...rest }, issueLineSchema);
    },

    /** Notes down which articles an issue carries. */
    carry: (articles: readonly Carried[]): Promise<void> =>
      table.writeMany(articles.map((one) => ({ put: { ...carriedKey(one.article, one.cadence), ...one } }))),

    /** Which of these articles, each named once, issues of a cadence carried. */
    carriedOf,

    /** What an issue of a cadence over these arrivals would show now. */
    waiting: async (cadence: Cadence, arrivals: Arrivals): Promise<Waiting> => {
      const [returned, corrected] = await Promise.all([
        numbered(lists.returned, arrivals, mostSpecial),
        numbered(lists.corrections, arrivals, mostSpecial),
      ]);
      const announced = [...returned];
      const known = await carried(cadence, [...returned, ...corrected]);
      for (let { upTo } = arrivals; ; ) {
        const page = await numbered(lists.latest, { after: arrivals.after, upTo }, portion);
        announced.push(...page);
        known.push(...(await carried(cadence, page)));
        const chosen = chooseWaiting(announced, corrected, known);
        const last = page.at(-1);
        if (chosen.more || page.length < portion || !last) return chosen;
        upTo = last.number - 1;
      }
    },
  };
};

export type IssueStore = ReturnType<typeof createIssueStore>;
