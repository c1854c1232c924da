import * as z from 'zod';
import { expiryAttribute } from '../../platform/contract.ts';
import type { ItemKey, TableClient } from './client.ts';

const toRefusalKey = (id: string): ItemKey => ({ pk: 'REFUSALS', sk: id });

/** They wait for a mail as long as none can be sent, but not forever. */
const retentionSeconds = 14 * 86_400;

const refusalSchema = z.object({
  /** Of one upload: sorts by its time. */
  id: z.string(),
  /** Of the file. */
  key: z.string(),
  reason: z.string(),
  place: z.string().exactOptional(),
});
export type Refusal = z.infer<typeof refusalSchema>;

/** Refused uploads that the publisher was not told of by mail yet. */
export const createRefusalStore = (table: TableClient) => ({
  add: (refusal: Refusal, now: Date): Promise<void> => {
    const item = { ...refusal, [expiryAttribute]: Math.floor(now.getTime() / 1000) + retentionSeconds };
    return table.writeMany([{ put: { ...toRefusalKey(refusal.id), ...item } }]);
  },

  /** Earliest upload first. */
  list: (limit: number): Promise<Refusal[]> => table.query({ pk: toRefusalKey('').pk, limit }, refusalSchema),

  remove: (ids: readonly string[]): Promise<void> => table.writeMany(ids.map((id) => ({ delete: toRefusalKey(id) }))),
});

export type RefusalStore = ReturnType<typeof createRefusalStore>;
