import * as z from 'zod';
import { type ArticleRecord, articleRecordSchema } from '../../core/lifecycle/article-record.ts';
import { type ContentRecord, contentRecordSchema } from '../../core/lifecycle/content-record.ts';
import { type SeedRecord, seedRecordSchema } from '../../core/lifecycle/seed-record.ts';
import { keyPrefixes } from '../../platform/contract.ts';
import type { ItemKey, TableClient } from './client.ts';
import { linkedNameSchema, toLinkedNameKey } from './links.ts';
import { toSeedItemKey } from './seeds.ts';
import { updateItem } from './update-item.ts';

const toArticleKey = (id: string): ItemKey => ({ pk: keyPrefixes.article + id, sk: 'ARTICLE' });
const toSlugKey = (slug: string): ItemKey => ({ pk: `SLUG#${slug}`, sk: 'SLUG' });
const toContentKey = (content: string): ItemKey => ({ pk: `CONTENT#${content}`, sk: 'CONTENT' });
const recordSchema = z.union([articleRecordSchema, contentRecordSchema, seedRecordSchema, linkedNameSchema]);
const slugSchema = z.object({ id: z.string() });

export interface RelatedItems {
  readonly seeds: SeedRecord[];
  readonly records: ArticleRecord[];
  readonly contents: ContentRecord[];
  readonly linkedNames: string[];
}

/**
 * The records of articles, their slugs, and the contents of their seeds. Written by the builder alone; an import adds
 * to them.
 */
export const createArticleStore = (table: TableClient) => ({
  getMany: (ids: readonly string[]): Promise<ArticleRecord[]> =>
    table.getMany(ids.map(toArticleKey), articleRecordSchema),

  save: (records: readonly ArticleRecord[]): Promise<void> =>
    table.writeMany(records.map((record) => ({ put: { ...toArticleKey(record.id), ...record } }))),

  /** Writes the record of an article that there is none of; false where there is one. */
  add: (record: ArticleRecord): Promise<boolean> =>
    updateItem(table, toArticleKey(record.id), { set: record, condition: 'attribute_not_exists(pk)' }),

  /** Seeds, articles, which articles have contents, and which names are linked to: in one request for up to a hundred. */
  getManyRelated: async ({
    seedKeys = [],
    names = [],
    ids,
    contents,
  }: {
    readonly seedKeys?: readonly string[];
    readonly names?: readonly string[];
    readonly ids: readonly string[];
    readonly contents: readonly string[];
  }): Promise<RelatedItems> => {
    const keys = [
      ...seedKeys.map(toSeedItemKey),
      ...ids.map(toArticleKey),
      ...contents.map(toContentKey),
      ...names.map(toLinkedNameKey),
    ];
    const found = await table.getMany(keys, recordSchema);
    return {
      seeds: found.flatMap((item) => ('sequencer' in item ? [item] : [])),
      records: found.flatMap((item) => ('seedKeys' in item ? [item] : [])),
      contents: found.flatMap((item) => ('content' in item ? [item] : [])),
      linkedNames: found.flatMap((item) => ('name' in item ? [item.name] : [])),
    };
  },

  /** Writes the record of an article that was announced, over one that does not know that; false where it knows. */
  restore: ({ positions: _positions, stalePositions, ...record }: ArticleRecord): Promise<boolean> =>
    updateItem(table, toArticleKey(record.id), {
      set: { ...record, state: 'expected', stalePositions },
      // The builder leaves those that the article has.
      compute: { positions: 'if_not_exists(#positions, :none)' },
      condition: 'attribute_not_exists(#arrival)',
      values: { none: [] },
    }),

  /** Records which article has a content; false where another build has meanwhile. */
  saveContent: (record: ContentRecord, previousId: string | undefined): Promise<boolean> =>
    updateItem(table, toContentKey(record.content), {
      set: record,
      condition: previousId === undefined ? 'attribute_not_exists(pk) OR #id = :id' : '#id = :previousId OR #id = :id',
      ...(previousId !== undefined && { values: { previousId } }),
    }),

  findSlugOwner: async (slug: string): Promise<string | undefined> =>
    (await table.get(toSlugKey(slug), slugSchema))?.id,

  /** Claims a slug for an article for good; false when another article has it. */
  claimSlug: (slug: string, id: string): Promise<boolean> =>
    updateItem(table, toSlugKey(slug), { set: { id }, condition: 'attribute_not_exists(pk) OR #id = :id' }),
});

export type ArticleStore = ReturnType<typeof createArticleStore>;
