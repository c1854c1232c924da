import { z } from 'zod';
import type { TokenKey } from '../../core/newsletter/token.ts';
import type { Key, TableClient } from './client.ts';

const keysKey: Key = { pk: 'KEYS', sk: 'TOKENS' };

/** How many keys verify at a time. Links in mails work until their key is the fourth newest. */
export const keysKept = 3;

export const keyringSchema = z.object({
  keys: z.array(z.object({ id: z.string(), secret: z.string(), since: z.string() })).min(1),
  /** Makes the keys of subscribers from their addresses; it never changes. */
  addressSecret: z.string(),
});

/** Secrets that only the newsletter's functions know. */
export interface Keyring {
  readonly keys: readonly TokenKey[];
  readonly addressSecret: string;
}

/** Where secrets come from. */
export interface Secrets {
  /** As many random bytes, in hexadecimal digits. */
  readonly random: (bytes: number) => string;
  readonly now: () => Date;
}

/** The newsletter's secrets, made by the first function that asks for them. */
export const createTokenKeyStore = (table: TableClient, { random, now }: Secrets) => {
  const newKey = (): TokenKey => ({ id: random(4), secret: random(32), since: now().toISOString() });
  const read = (): Promise<Keyring | undefined> => table.get(keysKey, keyringSchema);

  const get = async (): Promise<Keyring> => {
    const known = await read();
    if (known) return known;
    const made = await table.update(keysKey, {
      UpdateExpression: 'SET #keys = :keys, addressSecret = :addressSecret',
      ConditionExpression: 'attribute_not_exists(pk)',
      ExpressionAttributeNames: { '#keys': 'keys' },
      ExpressionAttributeValues: { ':keys': [newKey()], ':addressSecret': random(32) },
    });
    return made ? keyringSchema.parse(made) : get();
  };

  return {
    get,

    /** The secrets, if there are any yet. */
    find: read,

    /** Takes the secrets of a publication that moves here; false where there are some. */
    restore: async ({ keys, addressSecret }: Keyring): Promise<boolean> => {
      const done = await table.update(keysKey, {
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
    rotate: async (most: number = keysKept): Promise<boolean> => {
      const { keys } = await get();
      const done = await table.update(keysKey, {
        UpdateExpression: 'SET #keys = :keys',
        ConditionExpression: '#keys[0].#id = :newest',
        ExpressionAttributeNames: { '#keys': 'keys', '#id': 'id' },
        ExpressionAttributeValues: { ':keys': [newKey(), ...keys].slice(0, most), ':newest': keys[0]?.id },
        ReturnValues: 'NONE',
      });
      return done !== undefined;
    },
  };
};

export type TokenKeyStore = ReturnType<typeof createTokenKeyStore>;
