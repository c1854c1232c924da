import { expiryAttribute } from '../../platform/contract.ts';
import type { ItemKey, TableClient } from './client.ts';
import { updateItem } from './update-item.ts';

const toCapKey = (name: string, window: number): ItemKey => ({ pk: `CAP#${name}#${window}`, sk: 'CAP' });

export interface Cap {
  /** What is counted; never an address itself, only a keyed hash of one. */
  readonly name: string;
  readonly limit: number;
  /** Seconds. Windows begin at multiples of this. */
  readonly windowSeconds: number;
}

export const createCapStore = (table: TableClient) => ({
  /** Counts once more; false where that would pass the limit. */
  increment: ({ name, limit, windowSeconds }: Cap, now: Date): Promise<boolean> => {
    const window = Math.floor(now.getTime() / 1000 / windowSeconds);
    return updateItem(table, toCapKey(name, window), {
      set: { [expiryAttribute]: (window + 2) * windowSeconds },
      add: { taken: 1 },
      condition: 'attribute_not_exists(#taken) OR #taken < :limit',
      values: { limit },
    });
  },
});

export type CapStore = ReturnType<typeof createCapStore>;
