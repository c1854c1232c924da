import { z } from 'zod';
import type { TokenKey } from '../../core/newsletter/subscriber/token.ts';
import type { ItemKey, TableClient } from './client.ts';

const tokenKeysKey: ItemKey = { pk: 'TOKEN_KEYS', sk: 'TOKEN_KEYS' };

/** How many keys verify at a time. Links in mails work until their key is the fourth newest. */
export const maxActiveKeys = 3;

export const keyringSchema = z.object({
  keys: z.array(z.object({ id: z.string(), secret: z.string(), createdAt: z.string() })).min(1),
  /** Makes the keys of subscribers from their addresses; it never changes. */
  addressSecret: z.string(),
});

/** Secrets that only the newsletter's functions know. */
export interface Keyring {
  readonly keys: readonly TokenKey[];
  readonly addressSecret: string;
}

/** Where secrets come from. */
export interface SecretSource {
  /** As many random bytes, in hexadecimal digits. */
  readonly randomHex: (bytes: number) => string;
  readonly now: () => Date;
}

/** The newsletter's secrets, made by the first function that asks for them. */
export const createTokenKeyStore = (table: TableClient, { randomHex: random, now }: SecretSource) => {
  const createTokenKey = (): TokenKey => ({
    id: random(4),
    secret: random(32),
    createdAt: now().toISOString(),
  });
  const readKeyring = (): Promise<Keyring | undefined> => table.get(tokenKeysKey, keyringSchema);

  const getOrCreate = async (): Promise<Keyring> => {
    const known = await readKeyring();
    if (known) return known;
    const made = await table.update(tokenKeysKey, {
      UpdateExpression: 'SET #keys = :keys, addressSecret = :addressSecret',
      ConditionExpression: 'attribute_not_exists(pk)',
      ExpressionAttributeNames: { '#keys': 'keys' },
      ExpressionAttributeValues: { ':keys': [createTokenKey()], ':addressSecret': random(32) },
    });
    return made ? keyringSchema.parse(made) : getOrCreate();
  };

  return {
    getOrCreate,

    /** The secrets, if there are any yet. */
    find: readKeyring,

    /** Takes the secrets of a publication that moves here; false where there are some. */
    restore: async ({ keys, addressSecret }: Keyring): Promise<boolean> => {
      const done = await table.update(tokenKeysKey, {
        UpdateExpression: 'SET #keys = :keys, addressSecret = :addressSecret',
        ConditionExpression: 'attribute_not_exists(pk)',
        ExpressionAttributeNames: { '#keys': 'keys' },
        ExpressionAttributeValues: { ':keys': keys, ':addressSecret': addressSecret },
        ReturnValues: 'NONE',
      });
      return done !== undefined;
    },

    /**
     * Puts a new key before the others and keeps so many in all, by which a leaked one can be forgotten at once. False
     * when somebody else did so meanwhile.
     */
    rotate: async (maxKeys: number = maxActiveKeys): Promise<boolean> => {
      const { keys } = await getOrCreate();
      const done = await table.update(tokenKeysKey, {
        UpdateExpression: 'SET #keys = :keys',
        ConditionExpression: '#keys[0].#id = :newest',
        ExpressionAttributeNames: { '#keys': 'keys', '#id': 'id' },
        ExpressionAttributeValues: {
          ':keys': [createTokenKey(), ...keys].slice(0, maxKeys),
          ':newest': keys[0]?.id,
        },
        ReturnValues: 'NONE',
      });
      return done !== undefined;
    },
  };
};

export type TokenKeyStore = ReturnType<typeof createTokenKeyStore>;
