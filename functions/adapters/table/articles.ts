import * as z from 'zod';
import { type ArticleRecord, articleRecordSchema } from '../../core/lifecycle/article-record.ts';
import { keyPrefixes } from '../../platform/contract.ts';
import type { ItemKey, TableClient } from './client.ts';
import { updateItem } from './update-item.ts';

const toArticleKey = (id: string): ItemKey => ({ pk: keyPrefixes.article + id, sk: 'ARTICLE' });
const toSlugKey = (slug: string): ItemKey => ({ pk: `SLUG#${slug}`, sk: 'SLUG' });
const slugSchema = z.object({ id: z.string() });

/** The records of articles, and their slugs. Written by the builder alone; an import adds to them. */
export const createArticleStore = (table: TableClient) => ({
  getMany: (ids: readonly string[]): Promise<ArticleRecord[]> =>
    table.getMany(ids.map(toArticleKey), articleRecordSchema),

  save: (records: readonly ArticleRecord[]): Promise<void> =>
    table.writeMany(records.map((record) => ({ put: { ...toArticleKey(record.id), ...record } }))),

  /** Writes the record of an article that there is none of; false where there is one. */
  add: (record: ArticleRecord): Promise<boolean> =>
    updateItem(table, toArticleKey(record.id), { set: record, condition: 'attribute_not_exists(pk)' }),

  findSlugOwner: async (slug: string): Promise<string | undefined> =>
    (await table.get(toSlugKey(slug), slugSchema))?.id,

  /** Claims a slug for an article for good; false when another article has it. */
  claimSlug: (slug: string, id: string): Promise<boolean> =>
    updateItem(table, toSlugKey(slug), { set: { id }, condition: 'attribute_not_exists(pk) OR #id = :id' }),
});

export type ArticleStore = ReturnType<typeof createArticleStore>;
