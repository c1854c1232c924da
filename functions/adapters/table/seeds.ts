import { z } from 'zod';
import {
  type Rejection,
  type SeedRecord,
  seedRecordSchema,
  type Version,
} from '../../core/filing/records.ts';
import { seedPrefix } from '../../runtime/contract.ts';
import type { Key, TableClient } from './client.ts';

const seedKey = (key: string): Key => ({ pk: seedPrefix + key, sk: 'SEED' });
const changedKey = (key: string): Key => ({ pk: 'CHANGED', sk: key });

/** What was found in the bucket under a key, at or after the event that `sequencer` belongs to. */
export interface Finding {
  readonly key: string;
  readonly sequencer: string;
  readonly kind: SeedRecord['kind'];
  /** Absent when the object is gone. */
  readonly modified?: string;
  readonly version?: Version;
  readonly rejection?: Rejection;
  readonly etag?: string;
}

/** A note that a key's record may differ from the site. */
export const changeSchema = z.object({ sk: z.string(), sequencer: z.string() });
export type Change = z.infer<typeof changeSchema>;

/** The records of seeds, and the marks of those that the site does not show yet. */
export const createSeedStore = (table: TableClient) => ({
  /**
   * Records a finding unless one of a later event stands there: the condition on the write, not a read before it,
   * keeps an old event from undoing a newer one. False when the finding was too old.
   */
  record: async (finding: Finding): Promise<boolean> => {
    const { key, sequencer, kind, ...found } = finding;
    const values: Record<string, unknown> = { key, sequencer, kind, ...found };
    const gone = ['modified', 'rejection', 'etag', ...(found.modified ? [] : ['version'])].filter(
      (name) => values[name] === undefined,
    );
    const set = Object.keys(values).filter((name) => values[name] !== undefined);
    const done = await table.update(seedKey(key), {
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
    table.getMany(keys.map(seedKey), seedRecordSchema),

  /** Notes down what the site and the desk show for a key: the builder's own attributes. */
  note: async (key: string, notes: Pick<SeedRecord, 'claims' | 'shown' | 'reported'>): Promise<void> => {
    const names = Object.keys(notes);
    const values: Record<string, unknown> = { ...notes };
    await table.update(seedKey(key), {
      UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: Object.fromEntries(names.map((name) => [`:${name}`, values[name]])),
      ReturnValues: 'NONE',
    });
  },

  markChanged: (changes: readonly { key: string; sequencer: string }[]): Promise<void> =>
    table.writeMany(changes.map(({ key, sequencer }) => ({ put: { ...changedKey(key), sequencer } }))),

  changed: (limit: number): Promise<Change[]> => table.query({ pk: 'CHANGED', limit }, changeSchema),

  /** Those of these keys whose record may differ from the site. */
  marked: async (keys: readonly string[]): Promise<string[]> => {
    const found = await table.getMany(keys.map(changedKey), changeSchema);
    return found.map(({ sk }) => sk);
  },

  /** Takes a mark away unless the key changed again since it was read. */
  unmark: async ({ sk, sequencer }: Change): Promise<void> => {
    await table.deleteIf(changedKey(sk), 'sequencer', sequencer);
  },
});

export type SeedStore = ReturnType<typeof createSeedStore>;
