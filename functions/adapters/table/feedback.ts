import { z } from 'zod';
import type { Feedback } from '../../core/newsletter/feedback.ts';
import { tableExpiry } from '../../runtime/contract.ts';
import type { Key, TableClient } from './client.ts';
import { setAttributes } from './set-attributes.ts';

/** What there is of an issue; mails that are of none have each a partition of their own. */
const feedbackKey = ({ issue, messageId }: Pick<Feedback, 'issue' | 'messageId'>, sort: string): Key => ({
  pk: `FEEDBACK#${issue ?? `mail-${messageId}`}`,
  sk: sort,
});
const sortOf = (kind: Feedback['kind'], key: string): string => `${kind}#${key}`;

const recordSchema = z.object({
  /** The subscriber's soft bounces before this one, so that it is counted once. */
  before: z.number().exactOptional(),
  settled: z.boolean().default(false),
});
export type FeedbackRecord = z.infer<typeof recordSchema>;

const sortSchema = z.object({ sk: z.string() });

/** Seconds that feedback is remembered: more than a year. */
const kept = 400 * 24 * 60 * 60;

/** What readers' mail servers and readers said of mails: one item for a reader, an issue and a kind, so that it counts once. */
export const createFeedbackStore = (table: TableClient) => ({
  /** Notes feedback down unless it is there; gives what is there. */
  note: async (feedback: Feedback, key: string, before: number | undefined): Promise<FeedbackRecord> => {
    const at = feedbackKey(feedback, sortOf(feedback.kind, key));
    const noted = await table.update(at, {
      ...setAttributes({
        detail: feedback.detail.slice(0, 500),
        sentAt: feedback.sentAt,
        before,
        [tableExpiry]: Math.floor(Date.parse(feedback.sentAt) / 1000) + kept,
      }),
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    return recordSchema.parse(noted ?? (await table.get(at, recordSchema)) ?? {});
  },

  /** Notes down that all that follows from it was done. */
  settle: async (feedback: Feedback, key: string): Promise<void> => {
    await table.update(feedbackKey(feedback, sortOf(feedback.kind, key)), {
      ...setAttributes({ settled: true }),
      ReturnValues: 'NONE',
    });
  },

  /** Which of these readers bounced softly in an issue. */
  softBounced: async (issue: string, keys: readonly string[]): Promise<ReadonlySet<string>> => {
    const at = keys.map((key) => feedbackKey({ issue, messageId: '' }, sortOf('softBounce', key)));
    const found = await table.getMany(at, sortSchema);
    return new Set(found.map(({ sk }) => sk.slice(sortOf('softBounce', '').length)));
  },

  /** An issue's numbers: how many readers each kind came from. */
  numbers: async (issue: string): Promise<Record<Feedback['kind'], number>> => {
    const numbers = { hardBounce: 0, softBounce: 0, complaint: 0, lost: 0 };
    for (const kind of ['hardBounce', 'softBounce', 'complaint', 'lost'] as const) {
      const found = await table.query(
        { pk: feedbackKey({ issue, messageId: '' }, '').pk, prefix: sortOf(kind, '') },
        sortSchema,
      );
      numbers[kind] = found.length;
    }
    return numbers;
  },
});

export type FeedbackStore = ReturnType<typeof createFeedbackStore>;
