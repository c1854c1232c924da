import { recipientShards, type SubscriberStore } from '../../../functions/adapters/table/subscribers.ts';
import { type Cadence, cadences } from '../../../functions/core/publication.ts';

const pageSize = 1000;

const countShard = async (
  store: Pick<SubscriberStore, 'listRecipients'>,
  cadence: Cadence,
  shard: string,
): Promise<number> => {
  let count = 0;
  for (let after: string | undefined; ; ) {
    const found = await store.listRecipients(cadence, shard, { after, limit: pageSize });
    count += found.length;
    after = found.at(-1)?.key;
    if (found.length < pageSize) return count;
  }
};

/** How many subscribers get the issues of each cadence: a request for each thousand. */
export const countReaders = async (
  store: Pick<SubscriberStore, 'listRecipients'>,
): Promise<Readonly<Record<Cadence, number>>> => {
  const counts = { immediately: 0, daily: 0, weekly: 0, monthly: 0 };
  for (const cadence of cadences) {
    const shards = await Promise.all(recipientShards.map((shard) => countShard(store, cadence, shard)));
    counts[cadence] = shards.reduce((all, one) => all + one, 0);
  }
  return counts;
};
