import { z } from 'zod';
import type { DayCounts } from '../../core/newsletter/delivery/circuit-breaker.ts';
import type { RateLimit } from '../../core/newsletter/delivery/rate-limit.ts';
import { expiryAttribute } from '../../platform/contract.ts';
import type { ItemKey, TableClient } from './client.ts';

const rateLimitKey: ItemKey = { pk: 'RATE_LIMIT', sk: 'RATE_LIMIT' };
const toDayKey = (day: string): ItemKey => ({ pk: `DAY#${day}`, sk: 'DAY' });

const rateLimitSchema: z.ZodType<RateLimit> = z.object({
  revision: z.number().default(0),
  nextAt: z.number().default(0),
  limits: z.object({ perSecond: z.number(), leftToday: z.number(), readAt: z.number() }).exactOptional(),
  paused: z.object({ at: z.string(), reason: z.string() }).exactOptional(),
});

const daySchema: z.ZodType<DayCounts> = z.object({
  sent: z.number().default(0),
  bounces: z.number().default(0),
  complaints: z.number().default(0),
  countsAtLastTrip: z.object({ bounces: z.number(), complaints: z.number() }).exactOptional(),
});

/** Days that the counts of a day are kept: feedback comes within two weeks. */
const retentionDays = 60;

/** The send rate that all share, whether sending stands still, and the counts by which it does. */
export const createRateLimitStore = (table: TableClient) => ({
  get: async (): Promise<RateLimit> =>
    (await table.get(rateLimitKey, rateLimitSchema)) ?? rateLimitSchema.parse({}),

  /** Writes the shared rate unless somebody else did since it was read; false when so. Leaves a pause as it is. */
  replace: async (
    read: RateLimit,
    { nextAt, limits }: Pick<RateLimit, 'nextAt' | 'limits'>,
  ): Promise<boolean> => {
    const done = await table.update(rateLimitKey, {
      UpdateExpression: `SET revision = :revision, nextAt = :nextAt${limits ? ', limits = :limits' : ''}`,
      ConditionExpression: read.revision === 0 ? 'attribute_not_exists(revision)' : 'revision = :read',
      ExpressionAttributeValues: {
        ':revision': read.revision + 1,
        ':nextAt': nextAt,
        ...(limits && { ':limits': limits }),
        ...(read.revision > 0 && { ':read': read.revision }),
      },
      ReturnValues: 'NONE',
    });
    return done !== undefined;
  },

  /** Writes what the mailer says it would take, over whatever others reserve meanwhile: a minute later it is read again. */
  setLimits: async (limits: NonNullable<RateLimit['limits']>): Promise<void> => {
    await table.update(rateLimitKey, {
      UpdateExpression: 'SET limits = :limits ADD revision :one',
      ExpressionAttributeValues: { ':limits': limits, ':one': 1 },
      ReturnValues: 'NONE',
    });
  },

  /** Stops all sending until it is resumed. A pause that stands keeps its reason. */
  pause: async (at: string, reason: string): Promise<void> => {
    await table.update(rateLimitKey, {
      UpdateExpression: 'SET paused = :paused',
      ConditionExpression: 'attribute_not_exists(paused)',
      ExpressionAttributeValues: { ':paused': { at, reason } },
      ReturnValues: 'NONE',
    });
  },

  /** The operator's leave to go on. Messages that wait look again within a quarter of an hour. */
  resume: async (): Promise<void> => {
    await table.update(rateLimitKey, { UpdateExpression: 'REMOVE paused', ReturnValues: 'NONE' });
  },

  /** Adds to the counts of the mails that left on a day; gives all of them. */
  addToDay: async (day: string, what: 'sent' | 'bounces' | 'complaints', by: number): Promise<DayCounts> => {
    const counted = await table.update(toDayKey(day), {
      UpdateExpression: 'ADD #what :by SET #expires = if_not_exists(#expires, :expires)',
      ExpressionAttributeNames: { '#what': what, '#expires': expiryAttribute },
      ExpressionAttributeValues: {
        ':by': by,
        ':expires': Math.floor(Date.parse(day) / 1000) + retentionDays * 24 * 60 * 60,
      },
    });
    return daySchema.parse(counted);
  },

  getDay: async (day: string): Promise<DayCounts> =>
    (await table.get(toDayKey(day), daySchema)) ?? daySchema.parse({}),

  /** Notes at which counts a day stopped the sending. */
  recordStop: async (day: string, { bounces, complaints }: DayCounts): Promise<void> => {
    await table.update(toDayKey(day), {
      UpdateExpression: 'SET countsAtLastTrip = :counts',
      ExpressionAttributeValues: { ':counts': { bounces, complaints } },
      ReturnValues: 'NONE',
    });
  },
});

export type RateLimitStore = ReturnType<typeof createRateLimitStore>;
