/** Readers who are computed and not kept: a roster of any size takes no memory. */

const shardCount = 16;
const keyDigits = 32;

interface ComputedRecipients {
  /** The reader of a key. */
  readonly buildReader: (key: string) => object;
  /** Readers of a shard behind a key, in the order of keys. */
  readonly listPage: (shard: string, after: string | undefined, limit: number) => object[];
}

/** The topics of a group of readers as their records have them; the first group chose none. */
export const listTopicsOfGroup = (group: number): string[] | undefined =>
  group === 0 ? undefined : [`topic-${group}`];

/**
 * Active daily readers: a sixteenth of them in each shard, as hashed keys have it.
 * @param groups how many different choices of topics they made
 */
export const createComputedRecipients = (count: number, groups = 1): ComputedRecipients => {
  const countInShard = (shard: string): number =>
    Math.floor(count / shardCount) + (Number.parseInt(shard, 16) < count % shardCount ? 1 : 0);
  const toReaderKey = (shard: string, place: number): string => shard + place.toString(16).padStart(keyDigits - 1, '0');
  const toPlace = (key: string): number => Number.parseInt(key.slice(1), 16);
  const reader = (key: string): object => {
    const [shard = '0'] = key;
    const topics = listTopicsOfGroup(toPlace(key) % groups);
    return {
      pk: `SUBSCRIBER#${key}`,
      sk: 'SUBSCRIBER',
      recipientShard: `daily#${shard}`,
      state: 'active',
      key,
      email: `reader.${shard}.${toPlace(key)}@readers.example`,
      cadence: 'daily',
      since: '2026-11-01T00:00:00.000Z',
      paused: false,
      softBounces: 0,
      ...(topics && { topics: JSON.stringify(topics) }),
    };
  };
  return {
    buildReader: reader,
    listPage: (shard, after, limit) => {
      const from = after === undefined ? 0 : toPlace(after) + 1;
      const length = Math.max(0, Math.min(limit, countInShard(shard) - from));
      return Array.from({ length }, (_, index) => reader(toReaderKey(shard, from + index)));
    },
  };
};
