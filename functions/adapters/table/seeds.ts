import * as z from 'zod';
import { shortenKey } from '../../core/identity.ts';
import {
  type Rejection,
  type SeedRecord,
  type SeedVersion,
  seedRecordSchema,
  type Withheld,
} from '../../core/lifecycle/seed-record.ts';
import { mapInParallel } from '../../platform/concurrency.ts';
import { keyPrefixes } from '../../platform/contract.ts';
import type { ItemKey, TableClient } from './client.ts';
import { updateItem } from './update-item.ts';

export const toSeedItemKey = (key: string): ItemKey => ({ pk: keyPrefixes.seed + key, sk: 'SEED' });
/** What DynamoDB takes as a sort key: keys of S3 are as long. */
const maxSortKeyBytes = 1024;
/** Each change has a mark of its own, so that removing those that are built leaves the later ones. */
const toChangedKey = ({ key, sequencer }: Pick<ChangedSeed, 'key' | 'sequencer'>): ItemKey => ({
  pk: 'CHANGED',
  sk: shortenKey(`${key}#${sequencer}`, maxSortKeyBytes),
});

/** Keys whose marks are sought one by one: of more, all marks are read. */
const maxPrefixes = 10;
/** Whether the marks of a key begin with it: sequencers have up to forty digits. */
const hasWholeMarks = (key: string): boolean => Buffer.byteLength(key) < maxSortKeyBytes - 100;

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
  readonly folderReason?: string;
  readonly etag?: string;
}

/** A mark that the site may not show a seed's record yet. */
const changedSeedSchema = z.object({
  key: z.string(),
  sequencer: z.string(),
  /** The article that it may be, and the fingerprint of its content: what a build reads together with its record. */
  expected: z.object({ id: z.string(), content: z.string() }).exactOptional(),
  /** Builds that failed on it. */
  failures: z.number().default(0),
});
export type ChangedSeed = z.infer<typeof changedSeedSchema>;
/** A change that no build has failed on yet. */
export type ChangeMark = Omit<ChangedSeed, 'failures'>;

type BuilderField =
  | 'articleIds'
  | 'buildWarnings'
  | 'copyFingerprint'
  | 'shown'
  | 'formerPicture'
  | 'isHeld'
  | 'isFolderHeld'
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
    folderReason,
    etag,
    version,
    file,
    image,
    ...found
  }: SeedSnapshot): Promise<boolean> =>
    updateItem(table, toSeedItemKey(found.key), {
      set: {
        ...found,
        uploadedAt,
        rejection,
        withheld,
        draft,
        folderReason,
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
    await updateItem(table, toSeedItemKey(key), {
      set: { key, articleIds: [articleId] },
      compute: { sequencer: 'if_not_exists(#sequencer, :lowest)', kind: 'if_not_exists(#kind, :kind)' },
      condition: 'attribute_not_exists(#articleIds)',
      values: { lowest: '0', kind: 'seed' },
    });
  },

  getMany: (keys: readonly string[]): Promise<SeedRecord[]> => table.getMany(keys.map(toSeedItemKey), seedRecordSchema),

  /** Writes what the site and the internal bucket show of a seed: attributes that the builder alone writes. */
  saveBuilderFields: async (
    key: string,
    fields: { readonly [Field in BuilderField]?: SeedRecord[Field] | undefined },
  ): Promise<void> => {
    await updateItem(table, toSeedItemKey(key), { set: fields });
  },

  /** Records what became of a picture's sizes; false where another picture was uploaded meanwhile. */
  saveSizes: (
    { key, etag }: { readonly key: string; readonly etag: string },
    found: Pick<SeedRecord, 'sizes'> | Required<Pick<SeedRecord, 'sizes' | 'rejection'>>,
  ): Promise<boolean> =>
    updateItem(table, toSeedItemKey(key), { set: found, condition: '#etag = :etag', values: { etag } }),

  /** Forgets sizes of a picture that are no longer on the site, unless others were made meanwhile. */
  removeSizes: async (key: string, id: string): Promise<void> => {
    await updateItem(table, toSeedItemKey(key), {
      set: { sizes: undefined },
      condition: '#sizes.#id = :id',
      values: { id },
    });
  },

  /** Records or removes what the builder has against a seed, unless it was uploaded again. */
  saveRejection: async ({ key, sequencer }: SeedRecord, rejection: Rejection | undefined): Promise<void> => {
    await updateItem(table, toSeedItemKey(key), {
      set: { rejection },
      condition: '#sequencer = :sequencer',
      values: { sequencer },
    });
  },

  /** Turns a seed into a draft, or back, as its folder says, unless it was uploaded again. */
  saveFolderRule: (
    { key, sequencer }: SeedRecord,
    fields: Pick<SeedRecord, 'version' | 'draft' | 'withheld'>,
  ): Promise<boolean> =>
    updateItem(table, toSeedItemKey(key), {
      set: { version: fields.version, draft: fields.draft, withheld: fields.withheld },
      condition: '#sequencer = :sequencer',
      values: { sequencer },
    }),

  markChanged: (changes: readonly ChangeMark[]): Promise<void> => {
    const marks = changes.map((change) => ({ ...toChangedKey(change), ...change }));
    // An event that came twice has one mark, and a request may not have two of an item.
    return table.writeMany([...new Map(marks.map((mark) => [mark.sk, mark])).values()].map((put) => ({ put })));
  },

  listChanged: (limit: number): Promise<ChangedSeed[]> => table.query({ pk: 'CHANGED', limit }, changedSeedSchema),

  listMarked: async (keys: readonly string[]): Promise<string[]> => {
    if (keys.length === 0) return [];
    const ranges =
      keys.length <= maxPrefixes && keys.every(hasWholeMarks) ? keys.map((key) => ({ prefix: `${key}#` })) : [{}];
    const marked = await mapInParallel(ranges, (range) => table.query({ pk: 'CHANGED', ...range }, changedSeedSchema));
    const found = new Set(marked.flat().map(({ key }) => key));
    return keys.filter((key) => found.has(key));
  },

  /** Records that one more build failed on a seed, unless it was set aside. */
  recordFailure: async (change: ChangedSeed): Promise<void> => {
    await updateItem(table, toChangedKey(change), {
      set: { failures: change.failures + 1 },
      condition: 'attribute_exists(pk)',
    });
  },

  /** Removes marks. Changes that came since they were read have others. */
  unmark: (changes: readonly ChangedSeed[]): Promise<void> =>
    table.writeMany(changes.map((change) => ({ delete: toChangedKey(change) }))),
});

export type SeedStore = ReturnType<typeof createSeedStore>;
