import {
  applySubscriberEvent,
  type SubscriberEvent,
} from '../../core/newsletter/subscriber/apply-subscriber-event.ts';
import { hashEmailAddress } from '../../core/newsletter/subscriber/email-address.ts';
import { type Subscriber, subscriberSchema } from '../../core/newsletter/subscriber/subscriber-record.ts';
import { confirmationTtlMs } from '../../core/newsletter/subscriber/token.ts';
import type { Cadence } from '../../core/publication.ts';
import { expiryAttribute, newsletterKeyPrefixes, recipientsIndex } from '../../platform/contract.ts';
import type { ItemKey, TableClient } from './client.ts';
import type { Keyring } from './token-keys.ts';

const toItemKey = (key: string): ItemKey => ({
  pk: newsletterKeyPrefixes.subscriber + key,
  sk: 'SUBSCRIBER',
});

/** The roster has a partition for each first digit of a subscriber's key, so that none grows too hot. */
export const recipientShards = [...'0123456789abcdef'] as const;

/** The key of an address: what stands for it in the table and in logs. */
export const toSubscriberKey = (address: string, { addressSecret }: Pick<Keyring, 'addressSecret'>): string =>
  hashEmailAddress(address, addressSecret);

/** What was, and what is. The same object where an event changed nothing. */
export interface SubscriberChange {
  readonly before: Subscriber | undefined;
  readonly after: Subscriber | undefined;
}

/** How often a change is decided anew, when others change the same subscriber meanwhile. */
const maxAttempts = 10;

/** Every attribute that a subscriber may have, in any state. */
const subscriberAttributes = [
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
const buildDerivedAttributes = (subscriber: Subscriber): Record<string, unknown> => ({
  [recipientsIndex.partition]:
    subscriber.state === 'active' && !subscriber.paused
      ? `${subscriber.cadence}#${subscriber.key.slice(0, 1)}`
      : undefined,
  // Who left before stays known, so that nothing but their own confirmation brings them back.
  [expiryAttribute]:
    subscriber.state === 'pending' && subscriber.before === 'new'
      ? Math.ceil((Date.parse(subscriber.since) + confirmationTtlMs) / 1000)
      : undefined,
});

/** Subscribers by the key of their address. Every change is an event, decided by `transition`. */
export const createSubscriberStore = (table: TableClient) => {
  const get = (key: string): Promise<Subscriber | undefined> => table.get(toItemKey(key), subscriberSchema);

  /** Writes a subscriber over the one that was read; false when another stands there by now. */
  const replace = async (before: Subscriber | undefined, after: Subscriber): Promise<boolean> => {
    const values: Record<string, unknown> = { ...after, ...buildDerivedAttributes(after) };
    const known: Record<string, unknown> = { ...before };
    const names = [...subscriberAttributes, recipientsIndex.partition, expiryAttribute];
    const set = names.filter((name) => values[name] !== undefined);
    const gone = names.filter((name) => values[name] === undefined);
    const compared = before ? subscriberAttributes.filter((name) => known[name] !== undefined) : [];
    const done = await table.update(toItemKey(after.key), {
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
      table.getMany(keys.map(toItemKey), subscriberSchema),

    /**
     * Lets an event happen to a subscriber: reads, decides, and writes on condition that nobody wrote in between.
     * @throws when others kept writing in between
     */
    apply: async (key: string, event: SubscriberEvent): Promise<SubscriberChange> => {
      for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
        const before = await get(key);
        const after = applySubscriberEvent(before, event);
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
    listRecipients: async (
      cadence: Cadence,
      shard: string,
      page: { readonly after?: string | undefined; readonly limit: number },
    ): Promise<Subscriber[]> =>
      table.queryIndex(
        {
          index: recipientsIndex,
          partition: `${cadence}#${shard}`,
          after: page.after === undefined ? undefined : toItemKey(page.after).pk,
          limit: page.limit,
        },
        subscriberSchema,
      ),
  };
};

export type SubscriberStore = ReturnType<typeof createSubscriberStore>;
