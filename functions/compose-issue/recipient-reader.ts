import { recipientShards, type SubscriberStore } from '../adapters/table/subscribers.ts';
import type { ActiveSubscriber } from '../core/newsletter/subscriber/subscriber-record.ts';
import type { Cadence } from '../core/publication.ts';

const pageSize = 1000;

/**
 * Reads the subscribers of a cadence shard by shard, which is the order of their keys.
 * @param after the key to start after
 */
export const createRecipientReader = (
  subscribers: Pick<SubscriberStore, 'listRecipients'>,
  cadence: Cadence,
  after?: string,
) => {
  let shardIndex = Math.max(
    0,
    recipientShards.findIndex((digit) => after?.startsWith(digit)),
  );
  let last = after;

  return {
    /** Undefined after the last page. */
    readPage: async (): Promise<ActiveSubscriber[] | undefined> => {
      const shard = recipientShards[shardIndex];
      if (shard === undefined) return undefined;
      const page = await subscribers.listRecipients(cadence, shard, { after: last, limit: pageSize });
      if (page.length < pageSize) {
        shardIndex += 1;
        last = undefined;
      } else last = page.at(-1)?.key;
      return page.flatMap((subscriber) => (subscriber.state === 'active' ? [subscriber] : []));
    },
  };
};
