import { rosterShards, type SubscriberStore } from '../adapters/table/subscribers.ts';
import type { Cadence } from '../core/publication.ts';

/** Subscribers read at once. */
const portion = 1000;

/** Where a mail goes. */
export interface Addressee {
  readonly key: string;
  readonly email: string;
}

/** Reads the roster of a cadence shard after shard, which is the order of keys, and holds one portion at a time. */
export const createRosterReader = ({ roster }: Pick<SubscriberStore, 'roster'>, cadence: Cadence) => {
  let read: Addressee[] = [];
  let place: { shard: number; after: string | undefined } | undefined;

  const readOn = async (): Promise<void> => {
    const shard = place && rosterShards[place.shard];
    if (!place || !shard) return;
    const page = await roster(cadence, shard, { after: place.after, limit: portion });
    for (const subscriber of page)
      if (subscriber.state === 'active') read.push({ key: subscriber.key, email: subscriber.email });
    place =
      page.length < portion
        ? { shard: place.shard + 1, after: undefined }
        : { shard: place.shard, after: page.at(-1)?.key };
  };

  return {
    /** Up to `count` addressees behind a key, which never goes back; fewer are the last. */
    next: async (after: string | undefined, count: number): Promise<Addressee[]> => {
      place ??= {
        shard: Math.max(
          0,
          rosterShards.findIndex((digit) => after?.startsWith(digit)),
        ),
        after,
      };
      for (;;) {
        if (after !== undefined) read = read.filter(({ key }) => key > after);
        if (read.length >= count || place.shard >= rosterShards.length) return read.slice(0, count);
        await readOn();
      }
    },
  };
};
