import { expiryAttribute } from '../../platform/contract.ts';
import type { ItemKey, TableClient } from './client.ts';

const toCapKey = (what: string, window: number): ItemKey => ({ pk: `CAP#${what}#${window}`, sk: 'CAP' });

export interface Cap {
  /** What is counted; never an address itself, only a keyed hash of one. */
  readonly name: string;
  readonly limit: number;
  /** Seconds. Windows begin at multiples of this. */
  readonly windowSeconds: number;
}

/** Counters that run out by themselves. */
export const createCapStore = (table: TableClient) => ({
  /** Counts once more, unless that would pass the limit: then false. */
  increment: async ({ name: what, limit, windowSeconds: window }: Cap, now: Date): Promise<boolean> => {
    const current = Math.floor(now.getTime() / 1000 / window);
    const taken = await table.update(toCapKey(what, current), {
      UpdateExpression: 'ADD taken :one SET #expires = :expires',
      ConditionExpression: 'attribute_not_exists(taken) OR taken < :limit',
      ExpressionAttributeNames: { '#expires': expiryAttribute },
      ExpressionAttributeValues: { ':one': 1, ':limit': limit, ':expires': (current + 2) * window },
      ReturnValues: 'NONE',
    });
    return taken !== undefined;
  },
});

export type CapStore = ReturnType<typeof createCapStore>;
