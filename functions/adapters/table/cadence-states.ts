import { type CadenceState, cadenceStateSchema, type OpenIssue } from '../../core/newsletter/issue/issue-record.ts';
import type { Cadence } from '../../core/publication.ts';
import { keyPrefixes } from '../../platform/contract.ts';
import type { ItemKey, TableClient } from './client.ts';
import { updateItem } from './update-item.ts';

const toCadenceKey = (cadence: Cadence): ItemKey => ({ pk: keyPrefixes.cadence + cadence, sk: 'CADENCE' });

export const createCadenceStateStore = (table: TableClient) => ({
  get: async (cadence: Cadence): Promise<CadenceState> =>
    (await table.get(toCadenceKey(cadence), cadenceStateSchema)) ?? cadenceStateSchema.parse({}),

  /** Starts a cadence after an arrival, unless it has started. */
  start: async (cadence: Cadence, arrival: number): Promise<void> => {
    await updateItem(table, toCadenceKey(cadence), {
      set: { arrival, number: 0, consideredUpTo: arrival },
      condition: 'attribute_not_exists(pk)',
    });
  },

  /** Continues a cadence of an export; false where it has had an issue here. */
  restore: (cadence: Cadence, state: CadenceState): Promise<boolean> =>
    updateItem(table, toCadenceKey(cadence), {
      set: { ...state, consideredUpTo: state.arrival },
      condition: 'attribute_not_exists(#at)',
    }),

  /** Lets readers who are not in step count as having had what was announced up to here. */
  raiseFloor: async (cadence: Cadence, floor: number): Promise<void> => {
    await updateItem(table, toCadenceKey(cadence), {
      set: { floor },
      condition: 'attribute_not_exists(#floor) OR #floor < :floor',
    });
  },

  /** Writes the state over the one that was read; false where it was changed meanwhile. */
  replace: (cadence: Cadence, read: CadenceState, state: CadenceState): Promise<boolean> => {
    const { number, at, open } = read;
    const conditions = [
      number === 0 ? '(attribute_not_exists(#number) OR #number = :readNumber)' : '#number = :readNumber',
      at === undefined ? 'attribute_not_exists(#at)' : '#at = :readAt',
      open === undefined ? 'attribute_not_exists(#open)' : '#open.#number = :readOpen',
    ];
    return updateItem(table, toCadenceKey(cadence), {
      set: { open: undefined, ...state },
      condition: conditions.join(' AND '),
      values: {
        readNumber: number,
        ...(at !== undefined && { readAt: at }),
        ...(open !== undefined && { readOpen: open.number }),
      },
    });
  },

  /** Records that the schedule was followed, though there is no issue. */
  markConsidered: async (cadence: Cadence, consideredAt: string, consideredUpTo: number): Promise<void> => {
    await updateItem(table, toCadenceKey(cadence), { set: { consideredAt, consideredUpTo } });
  },

  /** Opens an issue, unless the cadence has changed since it was read. */
  openIssue: (cadence: Cadence, { number, at }: CadenceState, open: OpenIssue): Promise<boolean> => {
    const conditions = [
      'attribute_not_exists(#open)',
      number === 0 ? '(attribute_not_exists(#number) OR #number = :number)' : '#number = :number',
      at === undefined ? 'attribute_not_exists(#at)' : '#at = :readAt',
    ];
    return updateItem(table, toCadenceKey(cadence), {
      set: { open, at: open.at, number, consideredUpTo: open.upTo },
      condition: conditions.join(' AND '),
      ...(at !== undefined && { values: { readAt: at } }),
    });
  },

  markCovered: async (cadence: Cadence, { number, at, upTo }: OpenIssue): Promise<void> => {
    await updateItem(table, toCadenceKey(cadence), {
      set: { number, arrival: upTo, consideredUpTo: upTo },
      condition: '#open.#number = :number AND #open.#at = :at',
      values: { at },
    });
  },

  /** Closes the open issue. What it has not covered by now is pending again, and its number is free. */
  closeIssue: async (cadence: Cadence, { number, at }: OpenIssue): Promise<void> => {
    await updateItem(table, toCadenceKey(cadence), {
      set: { open: undefined },
      condition: '#open.#number = :number AND #open.#at = :at',
      values: { number, at },
    });
  },
});

export type CadenceStateStore = ReturnType<typeof createCadenceStateStore>;
