import * as z from 'zod';
import type { DayCounts } from '../../core/newsletter/delivery/circuit-breaker.ts';
import { expiryAttribute } from '../../platform/contract.ts';
import type { ItemKey, TableClient } from './client.ts';
import { buildUpdate, updateItem } from './update-item.ts';

const toDayKey = (day: string): ItemKey => ({ pk: `DAY#${day}`, sk: 'DAY' });

const dayCountsSchema: z.ZodType<DayCounts> = z.object({
  sent: z.number().default(0),
  bounces: z.number().default(0),
  complaints: z.number().default(0),
  countsAtLastTrip: z.object({ bounces: z.number(), complaints: z.number() }).exactOptional(),
});

/** Feedback on the mails of a day arrives within two weeks. */
const retentionDays = 60;

/** Mails sent on each day, and bounces and complaints about them: what the circuit breaker decides by. */
export const createDayCountStore = (table: TableClient) => ({
  get: async (day: string): Promise<DayCounts> =>
    (await table.get(toDayKey(day), dayCountsSchema)) ?? dayCountsSchema.parse({}),

  add: async (day: string, count: 'sent' | 'bounces' | 'complaints', by: number): Promise<DayCounts> => {
    const expires = Math.floor(Date.parse(day) / 1000) + retentionDays * 24 * 60 * 60;
    const update = buildUpdate({
      add: { [count]: by },
      compute: { [expiryAttribute]: `if_not_exists(#${expiryAttribute}, :expires)` },
      values: { expires },
    });
    return dayCountsSchema.parse(await table.update(toDayKey(day), update));
  },

  /** Records the counts at which sending was paused, so that only further feedback pauses it again. */
  recordTrip: async (day: string, { bounces, complaints }: DayCounts): Promise<void> => {
    await updateItem(table, toDayKey(day), { set: { countsAtLastTrip: { bounces, complaints } } });
  },
});

export type DayCountStore = ReturnType<typeof createDayCountStore>;
