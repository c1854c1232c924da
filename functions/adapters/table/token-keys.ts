import * as z from 'zod';
import type { TokenKey } from '../../core/newsletter/subscriber/token.ts';
import { keyPrefixes } from '../../platform/contract.ts';
import type { ItemKey, TableClient } from './client.ts';
import { buildUpdate, updateItem } from './update-item.ts';

const tokenKeysKey: ItemKey = { pk: keyPrefixes.tokenKeys, sk: keyPrefixes.tokenKeys };

/** Keys that verify links: a link works until its key is the fourth newest. */
export const maxActiveKeys = 3;

const maxOtherSecrets = 5;

export const keyringSchema = z.object({
  keys: z.array(z.object({ id: z.string(), secret: z.string(), createdAt: z.string() })).min(1),
  /** Makes the keys of subscribers from their addresses; it never changes. */
  addressSecret: z.string(),
  /** Those of other publications whose hashes of readers who left were imported. */
  otherSecrets: z.array(z.string()).exactOptional(),
});

export interface Keyring {
  readonly keys: readonly TokenKey[];
  readonly addressSecret: string;
  readonly otherSecrets?: readonly string[];
}

export interface SecretSource {
  readonly randomHex: (bytes: number) => string;
  readonly now: () => Date;
}

/** The newsletter's secrets, created by the first function that needs them. */
export const createTokenKeyStore = (table: TableClient, { randomHex, now }: SecretSource) => {
  const createTokenKey = (): TokenKey => ({ id: randomHex(4), secret: randomHex(32), createdAt: now().toISOString() });
  const find = (): Promise<Keyring | undefined> => table.get(tokenKeysKey, keyringSchema);

  const getOrCreate = async (): Promise<Keyring> => {
    const known = await find();
    if (known) return known;
    const update = buildUpdate({
      set: { keys: [createTokenKey()], addressSecret: randomHex(32) },
      condition: 'attribute_not_exists(pk)',
    });
    const created = await table.update(tokenKeysKey, update);
    return created ? keyringSchema.parse(created) : getOrCreate();
  };

  return {
    getOrCreate,

    find,

    /** Writes the secrets of an export; false where there are some already. */
    restore: ({ keys, addressSecret, otherSecrets }: Keyring): Promise<boolean> =>
      updateItem(table, tokenKeysKey, {
        set: { keys, addressSecret, otherSecrets },
        condition: 'attribute_not_exists(pk)',
      }),

    /**
     * Does nothing where it is known.
     * @throws for more than `maxOtherSecrets`: each costs a look at each address of an import
     */
    addOtherSecret: async (secret: string): Promise<void> => {
      const { addressSecret, otherSecrets = [] } = await getOrCreate();
      if (secret === addressSecret || otherSecrets.includes(secret)) return;
      if (otherSecrets.length >= maxOtherSecrets) throw new Error('hashes of too many publications were imported');
      await updateItem(table, tokenKeysKey, { set: { otherSecrets: [...otherSecrets, secret] } });
    },

    /**
     * Adds a new key before the others and keeps `maxKeys` in all: a leaked one can be forgotten at once. False when
     * the keys were rotated meanwhile.
     */
    rotate: async (maxKeys: number = maxActiveKeys): Promise<boolean> => {
      const { keys } = await getOrCreate();
      return updateItem(table, tokenKeysKey, {
        set: { keys: [createTokenKey(), ...keys].slice(0, maxKeys) },
        condition: '#keys[0].#id = :newest',
        values: { newest: keys[0]?.id },
      });
    },
  };
};

export type TokenKeyStore = ReturnType<typeof createTokenKeyStore>;
