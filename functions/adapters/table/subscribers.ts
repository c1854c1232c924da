import { keyOfAddress } from '../../core/newsletter/address.ts';
import { type Subscriber, subscriberSchema } from '../../core/newsletter/records.ts';
import { type SubscriberEvent, transition } from '../../core/newsletter/subscriber.ts';
import { confirmationLife } from '../../core/newsletter/token.ts';
import type { Cadence } from '../../core/publication.ts';
import { ledgerKeys, rosterIndex, tableExpiry } from '../../runtime/contract.ts';
import type { Key, TableClient } from './client.ts';
import type { Keyring } from './token-keys.ts';

const subscriberKey = (key: string): Key => ({ pk: ledgerKeys.subscriber + key, sk: 'SUBSCRIBER' });

/** The roster has a partition for each first digit of a subscriber's key, so that none grows too hot. */
export const rosterShards = [...'0123456789abcdef'] as const;

/** The key of an address: what stands for it in the table and in logs. */
export const keyOf = (address: string, { addressSecret }: Pick<Keyring, 'addressSecret'>): string =>
  keyOfAddress(address, addressSecret);

/** What was, and what is. The same object where an event changed nothing. */
export interface Change {
  readonly before: Subscriber | undefined;
  readonly after: Subscriber | undefined;
}

/** How often a change is decided anew, when others change the same subscriber meanwhile. */
const attempts = 10;

/** Every attribute that a subscriber may have, in any state. */
const attributes = [
  'state',
  'key',
  'since',
  'email',
  'cadence',
  'before',
  'paused',
  'softBounces',
  'consent',
] as const;

/** What the item has besides the subscriber: its place in the roster, and when an unconfirmed one is forgotten. */
const besides = (subscriber: Subscriber): Record<string, unknown> => ({
  [rosterIndex.partition]:
    subscriber.state === 'active' && !subscriber.paused
      ? `${subscriber.cadence}#${subscriber.key.slice(0, 1)}`
      : undefined,
  // Who left before stays known, so that nothing but their own confirmation brings them back.
  [tableExpiry]:
    subscriber.state === 'pending' && subscriber.before === 'new'
      ? Math.ceil((Date.parse(subscriber.since) + confirmationLife) / 1000)
      : undefined,
});

/** Subscribers by the key of their address. Every change is an event, decided by `transition`. */
export const createSubscriberStore = (table: TableClient) => {
  const get = (key: string): Promise<Subscriber | undefined> =>
    table.get(subscriberKey(key), subscriberSchema);

  /** Writes a subscriber over the one that was read; false when another stands there by now. */
  const replace = async (before: Subscriber | undefined, after: Subscriber): Promise<boolean> => {
    const values: Record<string, unknown> = { ...after, ...besides(after) };
    const known: Record<string, unknown> = { ...before };
    const names = [...attributes, rosterIndex.partition, tableExpiry];
    const set = names.filter((name) => values[name] !== undefined);
    const gone = names.filter((name) => values[name] === undefined);
    const compared = before ? attributes.filter((name) => known[name] !== undefined) : [];
    const done = await table.update(subscriberKey(after.key), {
      UpdateExpression: `SET ${set.map((name) => `#${name} = :${name}`).join(', ')} REMOVE ${gone
        .map((name) => `#${name}`)
        .join(', ')}`,
      ConditionExpression: before
        ? compared.map((name) => `#${name} = :known_${name}`).join(' AND ')
        : 'attribute_not_exists(pk)',
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: Object.fromEntries([
        ...set.map((name) => [`:${name}`, values[name]]),
        ...compared.map((name) => [`:known_${name}`, known[name]]),
      ]),
      ReturnValues: 'NONE',
    });
    return done !== undefined;
  };

  return {
    get,

    /** Those that are known, in no order. */
    getMany: (keys: readonly string[]): Promise<Subscriber[]> =>
      table.getMany(keys.map(subscriberKey), subscriberSchema),

    /**
     * Lets an event happen to a subscriber: reads, decides, and writes on condition that nobody wrote in between.
     * @throws when others kept writing in between
     */
    apply: async (key: string, event: SubscriberEvent): Promise<Change> => {
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        const before = await get(key);
        const after = transition(before, event);
        if (after === undefined || after === before || (await replace(before, after)))
          return { before, after };
      }
      throw new Error(`subscriber ${key} changed too often to be changed`);
    },

    /**
     * Active subscribers of a cadence in one shard of the roster, in the order of their keys, after a key. What the
     * roster says may be a moment old: it may still name one who left, so delivery looks again. Fewer than the limit,
     * which is at most 1000, are the last.
     */
    roster: async (
      cadence: Cadence,
      shard: string,
      page: { readonly after?: string | undefined; readonly limit: number },
    ): Promise<Subscriber[]> =>
      table.queryIndex(
        {
          index: rosterIndex,
          partition: `${cadence}#${shard}`,
          after: page.after === undefined ? undefined : subscriberKey(page.after).pk,
          limit: page.limit,
        },
        subscriberSchema,
      ),
  };
};

export type SubscriberStore = ReturnType<typeof createSubscriberStore>;
