import { z } from 'zod';
import type { DayCounts } from '../../core/newsletter/breaker.ts';
import type { Pace } from '../../core/newsletter/pace.ts';
import { tableExpiry } from '../../runtime/contract.ts';
import type { Key, TableClient } from './client.ts';

const paceKey: Key = { pk: 'PACE', sk: 'PACE' };
const dayKey = (day: string): Key => ({ pk: `DAY#${day}`, sk: 'DAY' });

const paceSchema: z.ZodType<Pace> = z.object({
  turn: z.number().default(0),
  next: z.number().default(0),
  limits: z.object({ perSecond: z.number(), leftToday: z.number(), readAt: z.number() }).exactOptional(),
  paused: z.object({ at: z.string(), reason: z.string() }).exactOptional(),
});

const daySchema: z.ZodType<DayCounts> = z.object({
  sent: z.number().default(0),
  bounces: z.number().default(0),
  complaints: z.number().default(0),
  stopped: z.object({ bounces: z.number(), complaints: z.number() }).exactOptional(),
});

/** Days that the counts of a day are kept: feedback comes within two weeks. */
const daysKept = 60;

/** The send rate that all share, whether sending stands still, and the counts by which it does. */
export const createPaceStore = (table: TableClient) => ({
  get: async (): Promise<Pace> => (await table.get(paceKey, paceSchema)) ?? paceSchema.parse({}),

  /** Writes the shared rate unless somebody else did since it was read; false when so. Leaves a pause as it is. */
  share: async (read: Pace, { next, limits }: Pick<Pace, 'next' | 'limits'>): Promise<boolean> => {
    const done = await table.update(paceKey, {
      UpdateExpression: `SET turn = :turn, #next = :next${limits ? ', limits = :limits' : ''}`,
      ConditionExpression: read.turn === 0 ? 'attribute_not_exists(turn)' : 'turn = :read',
      ExpressionAttributeNames: { '#next': 'next' },
      ExpressionAttributeValues: {
        ':turn': read.turn + 1,
        ':next': next,
        ...(limits && { ':limits': limits }),
        ...(read.turn > 0 && { ':read': read.turn }),
      },
      ReturnValues: 'NONE',
    });
    return done !== undefined;
  },

  /** Writes what the mailer says it would take, over whatever others reserve meanwhile: a minute later it is read again. */
  learn: async (limits: NonNullable<Pace['limits']>): Promise<void> => {
    await table.update(paceKey, {
      UpdateExpression: 'SET limits = :limits ADD turn :one',
      ExpressionAttributeValues: { ':limits': limits, ':one': 1 },
      ReturnValues: 'NONE',
    });
  },

  /** Stops all sending until it is resumed. A pause that stands keeps its reason. */
  pause: async (at: string, reason: string): Promise<void> => {
    await table.update(paceKey, {
      UpdateExpression: 'SET paused = :paused',
      ConditionExpression: 'attribute_not_exists(paused)',
      ExpressionAttributeValues: { ':paused': { at, reason } },
      ReturnValues: 'NONE',
    });
  },

  /** The operator's leave to go on. Messages that wait look again within a quarter of an hour. */
  resume: async (): Promise<void> => {
    await table.update(paceKey, { UpdateExpression: 'REMOVE paused', ReturnValues: 'NONE' });
  },

  /** Adds to the counts of the mails that left on a day; gives all of them. */
  count: async (day: string, what: 'sent' | 'bounces' | 'complaints', by: number): Promise<DayCounts> => {
    const counted = await table.update(dayKey(day), {
      UpdateExpression: 'ADD #what :by SET #expires = if_not_exists(#expires, :expires)',
      ExpressionAttributeNames: { '#what': what, '#expires': tableExpiry },
      ExpressionAttributeValues: {
        ':by': by,
        ':expires': Math.floor(Date.parse(day) / 1000) + daysKept * 24 * 60 * 60,
      },
    });
    return daySchema.parse(counted);
  },

  day: async (day: string): Promise<DayCounts> =>
    (await table.get(dayKey(day), daySchema)) ?? daySchema.parse({}),

  /** Notes at which counts a day stopped the sending. */
  noteStop: async (day: string, { bounces, complaints }: DayCounts): Promise<void> => {
    await table.update(dayKey(day), {
      UpdateExpression: 'SET stopped = :stopped',
      ExpressionAttributeValues: { ':stopped': { bounces, complaints } },
      ReturnValues: 'NONE',
    });
  },
});

export type PaceStore = ReturnType<typeof createPaceStore>;
