import { z } from 'zod';
import { type ArticleRecord, articleRecordSchema } from '../../core/filing/records.ts';
import type { Key, TableClient } from './client.ts';

const articleKey = (id: string): Key => ({ pk: `ARTICLE#${id}`, sk: 'ARTICLE' });
const slugKey = (slug: string): Key => ({ pk: `SLUG#${slug}`, sk: 'SLUG' });
const slugSchema = z.object({ id: z.string() });

/** The records of articles, and the slugs they hold. Written by the builder alone. */
export const createArticleStore = (table: TableClient) => ({
  getMany: (ids: readonly string[]): Promise<ArticleRecord[]> =>
    table.getMany(ids.map(articleKey), articleRecordSchema),

  save: (records: readonly ArticleRecord[]): Promise<void> =>
    table.writeMany(records.map((record) => ({ put: { ...articleKey(record.id), ...record } }))),

  /** Takes a slug for an article for ever. False when another article holds it. */
  claimSlug: async (slug: string, id: string): Promise<boolean> => {
    const claimed = await table.update(slugKey(slug), {
      UpdateExpression: 'SET id = :id',
      ConditionExpression: 'attribute_not_exists(pk) OR id = :id',
      ExpressionAttributeValues: { ':id': id },
    });
    return claimed !== undefined && slugSchema.parse(claimed).id === id;
  },
});

export type ArticleStore = ReturnType<typeof createArticleStore>;
