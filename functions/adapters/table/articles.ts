import { z } from 'zod';
import { type ArticleRecord, articleRecordSchema } from '../../core/lifecycle/records.ts';
import { articleKeyPrefix } from '../../platform/contract.ts';
import { buildSetUpdate } from './build-set-update.ts';
import type { ItemKey, TableClient } from './client.ts';

const toArticleKey = (id: string): ItemKey => ({ pk: articleKeyPrefix + id, sk: 'ARTICLE' });
const toSlugKey = (slug: string): ItemKey => ({ pk: `SLUG#${slug}`, sk: 'SLUG' });
const slugSchema = z.object({ id: z.string() });

/** The records of articles, and the slugs they hold. Written by the builder alone; an import adds to them. */
export const createArticleStore = (table: TableClient) => ({
  getMany: (ids: readonly string[]): Promise<ArticleRecord[]> =>
    table.getMany(ids.map(toArticleKey), articleRecordSchema),

  save: (records: readonly ArticleRecord[]): Promise<void> =>
    table.writeMany(records.map((record) => ({ put: { ...toArticleKey(record.id), ...record } }))),

  /** Writes the record of an article that there is none of; false where there is one. */
  add: async (record: ArticleRecord): Promise<boolean> => {
    const added = await table.update(toArticleKey(record.id), {
      ...buildSetUpdate(record),
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValues: 'NONE',
    });
    return added !== undefined;
  },

  /** The id of the article that holds a slug. */
  findSlugOwner: async (slug: string): Promise<string | undefined> =>
    (await table.get(toSlugKey(slug), slugSchema))?.id,

  /** Takes a slug for an article for ever. False when another article holds it. */
  claimSlug: async (slug: string, id: string): Promise<boolean> => {
    const claimed = await table.update(toSlugKey(slug), {
      UpdateExpression: 'SET id = :id',
      ConditionExpression: 'attribute_not_exists(pk) OR id = :id',
      ExpressionAttributeValues: { ':id': id },
    });
    return claimed !== undefined && slugSchema.parse(claimed).id === id;
  },
});

export type ArticleStore = ReturnType<typeof createArticleStore>;
