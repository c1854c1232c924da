import {
  formatIssueName,
  formatIssueSortKey,
  type Issue,
  type IssueEdits,
  type IssueSummary,
  issueSchema,
  issueSummarySchema,
} from '../../core/newsletter/issue/issue-record.ts';
import { isScheduled } from '../../core/publication.ts';
import { compareStrings } from '../../core/text/compare-strings.ts';
import { keyPrefixes } from '../../platform/contract.ts';
import type { ItemKey, TableClient } from './client.ts';
import { buildUpdate, updateItem } from './update-item.ts';

const toIssueKey = (name: string): ItemKey => ({ pk: keyPrefixes.issue + name, sk: 'ISSUE' });
/** Immediate issues are apart: they may be thousands a year, each of an article, and are in no archive. */
const toIndexPartition = (isImmediate: boolean): string => (isImmediate ? 'ISSUES#immediately' : 'ISSUES');

const noEdits = {
  chosenSubject: undefined,
  introduction: undefined,
  order: undefined,
  leftOut: undefined,
} satisfies Readonly<Record<keyof IssueEdits, undefined>>;

interface ListedPart {
  readonly newestFirst?: boolean;
  readonly limit?: number;
}

export const createIssueStore = (table: TableClient) => {
  const update = async (issue: Issue, changes: object): Promise<Issue | undefined> => {
    const changed = await table.update(
      toIssueKey(formatIssueName(issue)),
      buildUpdate({
        set: { ...changes, at: issue.at },
        condition: '#state = :readState AND #at = :at AND #revision = :readRevision',
        values: { readState: issue.state, readRevision: issue.revision },
      }),
    );
    return changed && issueSchema.parse(changed);
  };

  const query = (
    isImmediate: boolean,
    { year, ...part }: ListedPart & { readonly year?: string },
  ): Promise<IssueSummary[]> =>
    table.query({ pk: toIndexPartition(isImmediate), ...(year && { prefix: year }), ...part }, issueSummarySchema);

  return {
    get: (name: string): Promise<Issue | undefined> => table.get(toIssueKey(name), issueSchema),

    /**
     * Writes a new issue's record, unless it is there; a discarded issue gives its number to the next, not its edits.
     */
    create: async (issue: Issue): Promise<void> => {
      await updateItem(table, toIssueKey(formatIssueName(issue)), {
        set: { ...noEdits, previewed: undefined, ...issue },
        condition: 'attribute_not_exists(pk) OR (#state = :discarded AND #at <> :at)',
        values: { discarded: 'discarded' },
      });
    },

    /** Changes an issue that is as it was read; gives its new record, or undefined where it was changed meanwhile. */
    advance: (issue: Issue, changes: Partial<Issue> & Pick<Issue, 'state'>): Promise<Issue | undefined> =>
      update(issue, changes),

    /** Replaces the edits of a held issue that is as it was read; undefined where it was changed meanwhile. */
    edit: async (issue: Issue, edits: IssueEdits): Promise<Issue | undefined> =>
      issue.state === 'held' ? update(issue, { ...noEdits, ...edits, revision: issue.revision + 1 }) : undefined,

    /** Writes the record of an issue that was mailed, over one that does not know; false where the record knows. */
    restore: (issue: Issue): Promise<boolean> =>
      updateItem(table, toIssueKey(formatIssueName(issue)), {
        set: { ...issue, state: 'sending' },
        condition: 'attribute_not_exists(pk) OR #state <> :state',
      }),

    addToIndex: ({ cadence, number, at, subject, articles }: IssueSummary, timeZone: string): Promise<void> => {
      const summary = { cadence, number, at, subject, articles };
      const key = { pk: toIndexPartition(!isScheduled(cadence)), sk: formatIssueSortKey(summary, timeZone) };
      return table.writeMany([{ put: { ...key, ...summary } }]);
    },

    /** Issues of the archive, oldest first unless said otherwise: of one year, or all. */
    list: (part: ListedPart & { readonly year?: string } = {}): Promise<IssueSummary[]> => query(false, part),

    /** Issues of the archive, and immediate ones. */
    listAll: async (part: ListedPart = {}): Promise<IssueSummary[]> => {
      const all = (await Promise.all([query(false, part), query(true, part)])).flat();
      const direction = part.newestFirst ? -1 : 1;
      return all.sort((a, b) => direction * compareStrings(a.at, b.at)).slice(0, part.limit);
    },
  };
};

export type IssueStore = ReturnType<typeof createIssueStore>;
