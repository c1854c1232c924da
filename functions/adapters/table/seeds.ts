import { z } from 'zod';
import {
  type Rejection,
  type SeedRecord,
  type SeedVersion,
  seedRecordSchema,
} from '../../core/lifecycle/records.ts';
import { seedKeyPrefix } from '../../platform/contract.ts';
import type { ItemKey, TableClient } from './client.ts';

const toSeedKey = (key: string): ItemKey => ({ pk: seedKeyPrefix + key, sk: 'SEED' });
const toChangedKey = (key: string): ItemKey => ({ pk: 'CHANGED', sk: key });

/** What was found in the bucket under a key, at or after the event that `sequencer` belongs to. */
export interface SeedSnapshot {
  readonly key: string;
  readonly sequencer: string;
  readonly kind: SeedRecord['kind'];
  /** Absent when the object is gone. */
  readonly uploadedAt?: string;
  readonly version?: SeedVersion;
  readonly rejection?: Rejection;
  readonly etag?: string;
}

/** A note that a key's record may differ from the site. */
export const changedSeedSchema = z.object({ sk: z.string(), sequencer: z.string() });
export type ChangedSeed = z.infer<typeof changedSeedSchema>;

/** The records of seeds, and the marks of those that the site does not show yet. */
export const createSeedStore = (table: TableClient) => ({
  /**
   * Records a finding unless one of a later event stands there: the condition on the write, not a read before it,
   * keeps an old event from undoing a newer one. False when the finding was too old.
   */
  record: async (finding: SeedSnapshot): Promise<boolean> => {
    const { key, sequencer, kind, ...found } = finding;
    const values: Record<string, unknown> = { key, sequencer, kind, ...found };
    const gone = ['uploadedAt', 'rejection', 'etag', ...(found.uploadedAt ? [] : ['version'])].filter(
      (name) => values[name] === undefined,
    );
    const set = Object.keys(values).filter((name) => values[name] !== undefined);
    const done = await table.update(toSeedKey(key), {
      UpdateExpression: `SET ${set.map((name) => `#${name} = :${name}`).join(', ')}${
        gone.length > 0 ? ` REMOVE ${gone.map((name) => `#${name}`).join(', ')}` : ''
      }`,
      ConditionExpression: 'attribute_not_exists(pk) OR #sequencer <= :sequencer',
      ExpressionAttributeNames: Object.fromEntries([...set, ...gone].map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: Object.fromEntries(set.map((name) => [`:${name}`, values[name]])),
      ReturnValues: 'NONE',
    });
    return done !== undefined;
  },

  getMany: (keys: readonly string[]): Promise<SeedRecord[]> =>
    table.getMany(keys.map(toSeedKey), seedRecordSchema),

  /** Notes down what the site and the desk show for a key: the builder's own attributes. */
  saveBuilderFields: async (
    key: string,
    notes: Pick<SeedRecord, 'articleIds' | 'imageFingerprint' | 'hasReport'>,
  ): Promise<void> => {
    const names = Object.keys(notes);
    const values: Record<string, unknown> = { ...notes };
    await table.update(toSeedKey(key), {
      UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: Object.fromEntries(names.map((name) => [`:${name}`, values[name]])),
      ReturnValues: 'NONE',
    });
  },

  markChanged: (changes: readonly { key: string; sequencer: string }[]): Promise<void> =>
    table.writeMany(changes.map(({ key, sequencer }) => ({ put: { ...toChangedKey(key), sequencer } }))),

  listChanged: (limit: number): Promise<ChangedSeed[]> =>
    table.query({ pk: 'CHANGED', limit }, changedSeedSchema),

  /** Those of these keys whose record may differ from the site. */
  listMarked: async (keys: readonly string[]): Promise<string[]> => {
    const found = await table.getMany(keys.map(toChangedKey), changedSeedSchema);
    return found.map(({ sk }) => sk);
  },

  /** Takes a mark away unless the key changed again since it was read. */
  unmark: async ({ sk, sequencer }: ChangedSeed): Promise<void> => {
    await table.deleteIf(toChangedKey(sk), 'sequencer', sequencer);
  },
});

export type SeedStore = ReturnType<typeof createSeedStore>;
