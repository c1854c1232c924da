import * as z from 'zod';
import type { Pause, RateLimit } from '../../core/newsletter/delivery/rate-limit.ts';
import type { ItemKey, TableClient } from './client.ts';
import { updateItem } from './update-item.ts';

const rateLimitKey: ItemKey = { pk: 'RATE_LIMIT', sk: 'RATE_LIMIT' };

const rateLimitSchema: z.ZodType<RateLimit> = z.object({
  revision: z.number().default(0),
  nextAt: z.number().default(0),
  limits: z.object({ perSecond: z.number(), leftToday: z.number(), readAt: z.number() }).exactOptional(),
  paused: z.object({ at: z.string(), reason: z.string(), holdsComposing: z.boolean().exactOptional() }).exactOptional(),
});

export const createRateLimitStore = (table: TableClient) => ({
  get: async (): Promise<RateLimit> => (await table.get(rateLimitKey, rateLimitSchema)) ?? rateLimitSchema.parse({}),

  /**
   * Writes the rate over the one that was read, and leaves a pause as it is; false when another was written meanwhile.
   */
  replace: (read: RateLimit, { nextAt, limits }: Pick<RateLimit, 'nextAt' | 'limits'>): Promise<boolean> =>
    updateItem(table, rateLimitKey, {
      set: { revision: read.revision + 1, nextAt, ...(limits && { limits }) },
      ...(read.revision === 0
        ? { condition: 'attribute_not_exists(#revision)' }
        : { condition: '#revision = :read', values: { read: read.revision } }),
    }),

  /** Writes the mailer's limits over whatever others reserve meanwhile: they are read again a minute later. */
  setLimits: async (limits: NonNullable<RateLimit['limits']>): Promise<void> => {
    await updateItem(table, rateLimitKey, { set: { limits }, add: { revision: 1 } });
  },

  /** Pauses all sending until it is resumed. A pause that is already there keeps its reason. */
  pause: async (at: string, reason: string): Promise<void> => {
    await updateItem(table, rateLimitKey, {
      set: { paused: { at, reason } },
      condition: 'attribute_not_exists(#paused)',
    });
  },

  /** Pauses sending and composing, whatever other pause there is. */
  pauseAll: async (pause: Omit<Pause, 'holdsComposing'>): Promise<void> => {
    await updateItem(table, rateLimitKey, { set: { paused: { ...pause, holdsComposing: true } } });
  },

  /** Ends a pause. Messages that wait are received again within a quarter of an hour. */
  resume: async (): Promise<void> => {
    await updateItem(table, rateLimitKey, { set: { paused: undefined } });
  },
});

export type RateLimitStore = ReturnType<typeof createRateLimitStore>;
