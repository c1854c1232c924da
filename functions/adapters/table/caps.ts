import { tableExpiry } from '../../runtime/contract.ts';
import type { Key, TableClient } from './client.ts';

const capKey = (what: string, window: number): Key => ({ pk: `CAP#${what}#${window}`, sk: 'CAP' });

export interface Cap {
  /** What is counted; never an address itself, only a keyed hash of one. */
  readonly what: string;
  readonly limit: number;
  /** Seconds. Windows begin at multiples of this. */
  readonly window: number;
}

/** Counters that run out by themselves. */
export const createCapStore = (table: TableClient) => ({
  /** Counts once more, unless that would pass the limit: then false. */
  take: async ({ what, limit, window }: Cap, now: Date): Promise<boolean> => {
    const current = Math.floor(now.getTime() / 1000 / window);
    const taken = await table.update(capKey(what, current), {
      UpdateExpression: 'ADD taken :one SET #expires = :expires',
      ConditionExpression: 'attribute_not_exists(taken) OR taken < :limit',
      ExpressionAttributeNames: { '#expires': tableExpiry },
      ExpressionAttributeValues: { ':one': 1, ':limit': limit, ':expires': (current + 2) * window },
      ReturnValues: 'NONE',
    });
    return taken !== undefined;
  },
});

export type CapStore = ReturnType<typeof createCapStore>;
