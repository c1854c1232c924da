import { toLeftPartition } from '../../core/newsletter/subscriber/address-retention.ts';
import { applySubscriberEvent, type SubscriberEvent } from '../../core/newsletter/subscriber/apply-subscriber-event.ts';
import { hashEmailAddress } from '../../core/newsletter/subscriber/email-address.ts';
import {
  isExpiredSignUp,
  type Subscriber,
  type SubscriberInState,
  subscriberSchema,
  toSignUpExpiry,
} from '../../core/newsletter/subscriber/subscriber-record.ts';
import type { Cadence } from '../../core/publication.ts';
import { expiryAttribute, keyPrefixes, recipientsIndex } from '../../platform/contract.ts';
import type { ItemKey, TableClient } from './client.ts';
import type { Keyring } from './token-keys.ts';
import { updateItem } from './update-item.ts';

const toItemKey = (key: string): ItemKey => ({ pk: keyPrefixes.subscriber + key, sk: 'SUBSCRIBER' });

export const movingPartition = 'moving';

/** The recipients index has a partition for each first digit of a subscriber's key, so that none gets too hot. */
export const recipientShards = [...'0123456789abcdef'] as const;

/** The key that stands for an address in the table and in logs. */
export const toSubscriberKey = (address: string, { addressSecret }: Pick<Keyring, 'addressSecret'>): string =>
  hashEmailAddress(address, addressSecret);

/** The keys that an address has under the secrets of other publications, whose readers who left were imported. */
export const toOtherKeys = (address: string, { otherSecrets = [] }: Pick<Keyring, 'otherSecrets'>): string[] =>
  otherSecrets.map((secret) => hashEmailAddress(address, secret));

/** Before and after an event: the same object where it changed nothing. */
export interface SubscriberChange {
  readonly before: Subscriber | undefined;
  readonly after: Subscriber | undefined;
}

/** A change is decided again when others change the same subscriber meanwhile. */
const maxAttempts = 10;

/** Every attribute of any state: a change of state removes those that the new one does not have. */
const absentAttributes = Object.fromEntries(
  subscriberSchema.options.flatMap(({ shape }) => Object.keys(shape).map((name) => [name, undefined])),
);

const toAttributes = (subscriber: Subscriber): [string, unknown][] =>
  Object.entries(subscriberSchema.parse(subscriber)).map(([name, value]) => [
    name,
    typeof value === 'object' ? JSON.stringify(value) : value,
  ]);

export const toRecipientPartition = (cadence: Cadence, shard: string): string => `${cadence}#${shard}`;

/** Besides the recipients, the index has those of whom something is still to be done. */
const toIndexPartition = (subscriber: Subscriber): string | undefined => {
  if (subscriber.state === 'moving') return movingPartition;
  if (subscriber.state === 'pending' || subscriber.state === 'erased') return undefined;
  if (subscriber.state !== 'active')
    return subscriber.email === undefined ? undefined : toLeftPartition(subscriber.since);
  if (subscriber.paused && subscriber.pausedUntil === undefined) return undefined;
  return toRecipientPartition(subscriber.cadence, subscriber.key.slice(0, 1));
};

const buildDerivedAttributes = (subscriber: Subscriber): Record<string, unknown> => ({
  [recipientsIndex.partition]: toIndexPartition(subscriber),
  [expiryAttribute]: subscriber.state === 'pending' ? Math.ceil(toSignUpExpiry(subscriber) / 1000) : undefined,
});

interface IndexPage {
  /** The key of the last one of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Subscribers by the key of their address. Every change is an event. An expired sign-up is as good as deleted. */
export const createSubscriberStore = (table: TableClient, now: () => Date) => {
  const find = (key: string): Promise<Subscriber | undefined> => table.get(toItemKey(key), subscriberSchema);
  const dropExpired = (found: readonly Subscriber[]): Subscriber[] =>
    found.filter((subscriber) => !isExpiredSignUp(subscriber, now()));

  /** Writes a subscriber over the one that was read; false when it was changed meanwhile. */
  const replace = (before: Subscriber | undefined, after: Subscriber): Promise<boolean> => {
    const known = before ? toAttributes(before) : [];
    return updateItem(table, toItemKey(after.key), {
      set: { ...absentAttributes, ...Object.fromEntries(toAttributes(after)), ...buildDerivedAttributes(after) },
      condition: before ? known.map(([name]) => `#${name} = :known_${name}`).join(' AND ') : 'attribute_not_exists(pk)',
      values: Object.fromEntries(known.map(([name, value]) => [`known_${name}`, value])),
    });
  };

  /**
   * Applies an event to a subscriber: reads, decides, and writes on condition that nothing changed in between.
   * @param read what was found a moment ago, which saves the first reading
   * @throws when it kept changing
   */
  const apply = async (
    key: string,
    event: SubscriberEvent,
    read?: { readonly found: Subscriber | undefined },
  ): Promise<SubscriberChange> => {
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      const stored = read && attempt === 0 ? read.found : await find(key);
      const before = stored && dropExpired([stored])[0];
      const after = applySubscriberEvent(before, event);
      if (after === undefined || after === before || (await replace(stored, after))) return { before, after };
    }
    throw new Error(`subscriber ${key} kept changing`);
  };

  /** Subscribers in a partition of the index, as far as it knows, in the order of their keys. */
  const listPartition = (partition: string, { after, limit }: IndexPage): Promise<Subscriber[]> =>
    table.queryIndex(
      {
        index: recipientsIndex,
        partition,
        after: after === undefined ? undefined : toItemKey(after).pk,
        limit,
      },
      subscriberSchema,
    );

  return {
    get: async (key: string): Promise<Subscriber | undefined> => {
      const found = await find(key);
      return found && dropExpired([found])[0];
    },

    getMany: async (keys: readonly string[]): Promise<Subscriber[]> =>
      dropExpired(await table.getMany(keys.map(toItemKey), subscriberSchema)),

    apply,

    /**
     * Completes a change of address that the reader has confirmed. There are two records, and one write changes one of
     * them: the old one says what is to be done until it is done, and each step can be repeated.
     */
    completeMove: async (
      moving: SubscriberInState<'moving'>,
      tellOld: (email: string) => Promise<void>,
    ): Promise<void> => {
      await apply(moving.movedTo, { kind: 'subscribeMoved', from: moving });
      await tellOld(moving.email);
      await apply(moving.key, { kind: 'endMove' });
    },

    listPartition,

    /**
     * Active subscribers of a cadence in one shard of the index, in the order of their keys, after a key. The index may
     * be a moment old and still list one who left, so delivery checks again. Fewer than the limit, which is at most
     * 1000, are the last.
     */
    listRecipients: (cadence: Cadence, shard: string, page: IndexPage): Promise<Subscriber[]> =>
      listPartition(toRecipientPartition(cadence, shard), page),
  };
};

export type SubscriberStore = ReturnType<typeof createSubscriberStore>;
