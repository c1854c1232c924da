import * as z from 'zod';
import type { DeliveryFeedback } from '../../core/newsletter/delivery/parse-ses-event.ts';
import { expiryAttribute, keyPrefixes } from '../../platform/contract.ts';
import type { ItemKey, TableClient } from './client.ts';
import { buildUpdate, updateItem } from './update-item.ts';

/** One partition for each issue, and for each mail that belongs to none. */
const toFeedbackKey = ({ issue, messageId }: Pick<DeliveryFeedback, 'issue' | 'messageId'>, sort: string): ItemKey => ({
  pk: `${keyPrefixes.feedback}${issue ?? `mail-${messageId}`}`,
  sk: sort,
});
const formatFeedbackSortKey = (kind: DeliveryFeedback['kind'], key: string): string => `${kind}#${key}`;

const feedbackRecordSchema = z.object({
  /** The subscriber's soft bounces before this one: a repeated event is recognized by it. */
  softBouncesBefore: z.number().exactOptional(),
  isProcessed: z.boolean().default(false),
});
export type FeedbackRecord = z.infer<typeof feedbackRecordSchema>;

const sortSchema = z.object({ sk: z.string() });

const retentionSeconds = 400 * 24 * 60 * 60;

/** Bounces and complaints: one item for each reader, issue and kind, so that each counts once. */
export const createFeedbackStore = (table: TableClient) => ({
  /** Records feedback unless it is recorded already; gives the record. */
  record: async (
    feedback: DeliveryFeedback,
    key: string,
    softBouncesBefore: number | undefined,
  ): Promise<FeedbackRecord> => {
    const at = toFeedbackKey(feedback, formatFeedbackSortKey(feedback.kind, key));
    const update = buildUpdate({
      set: {
        detail: feedback.detail.slice(0, 500),
        sentAt: feedback.sentAt,
        softBouncesBefore,
        [expiryAttribute]: Math.floor(Date.parse(feedback.sentAt) / 1000) + retentionSeconds,
      },
      condition: 'attribute_not_exists(pk)',
    });
    const added = await table.update(at, update);
    return feedbackRecordSchema.parse(added ?? (await table.get(at, feedbackRecordSchema)) ?? {});
  },

  /** Records that everything that follows from it is done. */
  markProcessed: async (feedback: DeliveryFeedback, key: string): Promise<void> => {
    const at = toFeedbackKey(feedback, formatFeedbackSortKey(feedback.kind, key));
    await updateItem(table, at, { set: { isProcessed: true } });
  },

  listSoftBounced: async (issue: string, keys: readonly string[]): Promise<ReadonlySet<string>> => {
    const at = keys.map((key) => toFeedbackKey({ issue, messageId: '' }, formatFeedbackSortKey('softBounce', key)));
    const found = await table.getMany(at, sortSchema);
    return new Set(found.map(({ sk }) => sk.slice(formatFeedbackSortKey('softBounce', '').length)));
  },

  countByKind: async (issue: string): Promise<Record<DeliveryFeedback['kind'], number>> => {
    const numbers = { hardBounce: 0, softBounce: 0, complaint: 0, notSent: 0 };
    for (const kind of ['hardBounce', 'softBounce', 'complaint', 'notSent'] as const) {
      const found = await table.query(
        { pk: toFeedbackKey({ issue, messageId: '' }, '').pk, prefix: formatFeedbackSortKey(kind, '') },
        sortSchema,
      );
      numbers[kind] = found.length;
    }
    return numbers;
  },
});

export type FeedbackStore = ReturnType<typeof createFeedbackStore>;
