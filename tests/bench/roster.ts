/** Readers who are computed and not kept: a roster of any size takes no memory. */

const shards = 16;
const digits = 32;

interface Roster {
  /** The reader of a key. */
  readonly reader: (key: string) => object;
  /** Readers of a shard behind a key, in the order of keys. */
  readonly page: (shard: string, after: string | undefined, limit: number) => object[];
}

/** Active daily readers: a sixteenth of them in each shard, as hashed keys have it. */
export const createRoster = (count: number): Roster => {
  const sizeOf = (shard: string): number =>
    Math.floor(count / shards) + (Number.parseInt(shard, 16) < count % shards ? 1 : 0);
  const keyOf = (shard: string, place: number): string =>
    shard + place.toString(16).padStart(digits - 1, '0');
  const placeOf = (key: string): number => Number.parseInt(key.slice(1), 16);
  const reader = (key: string): object => {
    const [shard = '0'] = key;
    return {
      ...{ pk: `SUBSCRIBER#${key}`, sk: 'SUBSCRIBER', roster: `daily#${shard}`, state: 'active', key },
      ...{ email: `reader.${shard}.${placeOf(key)}@readers.example`, cadence: 'daily' },
      ...{ since: '2026-11-01T00:00:00.000Z', paused: false, softBounces: 0 },
    };
  };
  return {
    reader,
    page: (shard, after, limit) => {
      const from = after === undefined ? 0 : placeOf(after) + 1;
      const length = Math.max(0, Math.min(limit, sizeOf(shard) - from));
      return Array.from({ length }, (_, index) => reader(keyOf(shard, from + index)));
    },
  };
};
