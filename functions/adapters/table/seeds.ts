import * as z from 'zod';
import {
  type Rejection,
  type SeedRecord,
  type SeedVersion,
  seedRecordSchema,
  type Withheld,
} from '../../core/lifecycle/seed-record.ts';
import { keyPrefixes } from '../../platform/contract.ts';
import type { ItemKey, TableClient } from './client.ts';
import { updateItem } from './update-item.ts';

const toSeedKey = (key: string): ItemKey => ({ pk: keyPrefixes.seed + key, sk: 'SEED' });
const toChangedKey = (key: string): ItemKey => ({ pk: 'CHANGED', sk: key });

/** What the bucket has under a key, read at or after the event that `sequencer` belongs to. */
export interface SeedSnapshot {
  readonly key: string;
  readonly sequencer: string;
  readonly kind: SeedRecord['kind'];
  /** Absent when the object was deleted. */
  readonly uploadedAt?: string;
  readonly version?: SeedVersion;
  readonly file?: SeedRecord['file'];
  readonly image?: SeedRecord['image'];
  readonly rejection?: Rejection;
  readonly withheld?: Withheld;
  readonly draft?: SeedVersion;
  readonly etag?: string;
}

/** A mark that the site may not show a seed's record yet. */
export const changedSeedSchema = z.object({
  sk: z.string(),
  sequencer: z.string(),
  /** Builds that failed on it. */
  failures: z.number().default(0),
});
export type ChangedSeed = z.infer<typeof changedSeedSchema>;

type BuilderField =
  | 'articleIds'
  | 'buildWarnings'
  | 'copyFingerprint'
  | 'shown'
  | 'formerPicture'
  | 'isHeld'
  | 'refusalId'
  | 'hasReport'
  | 'hasNotice'
  | 'hasPreview';

export const createSeedStore = (table: TableClient) => ({
  /**
   * Records a snapshot; false where one of a later event is recorded already. The condition on the write, not a read
   * before it, keeps an old event from undoing a newer one.
   */
  record: ({
    uploadedAt,
    rejection,
    withheld,
    draft,
    etag,
    version,
    file,
    image,
    ...found
  }: SeedSnapshot): Promise<boolean> =>
    updateItem(table, toSeedKey(found.key), {
      set: {
        ...found,
        uploadedAt,
        rejection,
        withheld,
        draft,
        etag,
        image,
        // The last good version of a seed stays beside the rejection of a newer one.
        ...((version || withheld || !uploadedAt) && { version }),
        ...((file || withheld || !uploadedAt) && { file }),
      },
      condition: 'attribute_not_exists(pk) OR #sequencer <= :sequencer',
    }),

  /** Records which article a seed was, where its record does not know or there is none. */
  restoreArticle: async (key: string, articleId: string): Promise<void> => {
    await updateItem(table, toSeedKey(key), {
      set: { key, articleIds: [articleId] },
      compute: { sequencer: 'if_not_exists(#sequencer, :lowest)', kind: 'if_not_exists(#kind, :kind)' },
      condition: 'attribute_not_exists(#articleIds)',
      values: { lowest: '0', kind: 'seed' },
    });
  },

  getMany: (keys: readonly string[]): Promise<SeedRecord[]> => table.getMany(keys.map(toSeedKey), seedRecordSchema),

  /** Writes what the site and the internal bucket show of a seed: attributes that the builder alone writes. */
  saveBuilderFields: async (
    key: string,
    fields: { readonly [Field in BuilderField]?: SeedRecord[Field] | undefined },
  ): Promise<void> => {
    await updateItem(table, toSeedKey(key), { set: fields });
  },

  /** Records what became of a picture's sizes; false where another picture was uploaded meanwhile. */
  saveSizes: (
    { key, etag }: { readonly key: string; readonly etag: string },
    found: Pick<SeedRecord, 'sizes'> | Required<Pick<SeedRecord, 'sizes' | 'rejection'>>,
  ): Promise<boolean> =>
    updateItem(table, toSeedKey(key), { set: found, condition: '#etag = :etag', values: { etag } }),

  /** Forgets sizes of a picture that are no longer on the site, unless others were made meanwhile. */
  removeSizes: async (key: string, id: string): Promise<void> => {
    await updateItem(table, toSeedKey(key), {
      set: { sizes: undefined },
      condition: '#sizes.#id = :id',
      values: { id },
    });
  },

  /** Records or removes what the builder has against a seed, unless it was uploaded again. */
  saveRejection: async ({ key, sequencer }: SeedRecord, rejection: Rejection | undefined): Promise<void> => {
    await updateItem(table, toSeedKey(key), {
      set: { rejection },
      condition: '#sequencer = :sequencer',
      values: { sequencer },
    });
  },

  markChanged: (changes: readonly { key: string; sequencer: string }[]): Promise<void> =>
    table.writeMany(changes.map(({ key, sequencer }) => ({ put: { ...toChangedKey(key), sequencer } }))),

  listChanged: (limit: number): Promise<ChangedSeed[]> => table.query({ pk: 'CHANGED', limit }, changedSeedSchema),

  listMarked: async (keys: readonly string[]): Promise<string[]> => {
    const found = await table.getMany(keys.map(toChangedKey), changedSeedSchema);
    return found.map(({ sk }) => sk);
  },

  /** Records that one more build failed on a seed, unless it changed again. */
  recordFailure: async ({ sk, sequencer, failures }: ChangedSeed): Promise<void> => {
    await updateItem(table, toChangedKey(sk), {
      set: { failures: failures + 1 },
      condition: '#sequencer = :sequencer',
      values: { sequencer },
    });
  },

  /** Removes a mark unless the seed changed again since it was read. */
  unmark: async ({ sk, sequencer }: ChangedSeed): Promise<void> => {
    await table.deleteIf(toChangedKey(sk), 'sequencer', sequencer);
  },
});

export type SeedStore = ReturnType<typeof createSeedStore>;
