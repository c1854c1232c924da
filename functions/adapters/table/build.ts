import { z } from 'zod';
import { buildItem } from '../../platform/contract.ts';
import type { ItemKey, TableClient } from './client.ts';

const buildKey: ItemKey = buildItem.key;

const buildSchema = z.object({
  /** Counts what was asked for; `built` follows it. */
  requested: z.number().default(0),
  built: z.number().default(0),
  /** Announcements so far. */
  arrivals: z.number().default(0),
  /** Announcements that stand in their lists, and no lower number will come: an issue may cover up to here. */
  announced: z.number().default(0),
  /** The instant of the first build. */
  since: z.string().exactOptional(),
  /** Fingerprint of settings and templates that the whole site shows. */
  buildVersion: z.string().exactOptional(),
  /** The site's own address: from here functions know it that cannot be told when they are deployed. */
  site: z.string().exactOptional(),
  /** Names the last request that every document be made anew. */
  rebuildId: z.string().exactOptional(),
  /** True while months are left whose pages show an older edition. */
  isRebuilding: z.boolean().default(false),
});
export type Build = z.infer<typeof buildSchema>;

/** What the whole site shows, or is on its way to. */
type BuildVersionState = Required<Pick<Build, 'buildVersion' | 'site' | 'isRebuilding'>>;

/** One builder at a time, none forgotten: a counter of requests and a lease in one item. */
export const createBuildStore = (table: TableClient) => ({
  get: async (): Promise<Build> => (await table.get(buildKey, buildSchema)) ?? buildSchema.parse({}),

  request: async (): Promise<void> => {
    await table.update(buildKey, {
      UpdateExpression: 'ADD requested :one',
      ExpressionAttributeValues: { ':one': 1 },
      ReturnValues: 'NONE',
    });
  },

  /** Asks for every document to be made and written anew, whatever is remembered of them. `id`: of this request alone. */
  requestFullRebuild: async (id: string): Promise<void> => {
    await table.update(buildKey, {
      UpdateExpression: 'SET rebuildId = :id ADD requested :one',
      ExpressionAttributeValues: { ':id': id, ':one': 1 },
      ReturnValues: 'NONE',
    });
  },

  /** Takes the lease, unless somebody holds it. `until` and `now` are epoch seconds. */
  acquireLease: async (lease: {
    holder: string;
    now: number;
    until: number;
    since: string;
  }): Promise<Build | undefined> => {
    const taken = await table.update(buildKey, {
      UpdateExpression:
        'SET holder = :holder, leaseUntil = :until, since = if_not_exists(since, :since), requested = if_not_exists(requested, :none)',
      ConditionExpression: 'attribute_not_exists(leaseUntil) OR leaseUntil < :now',
      ExpressionAttributeValues: {
        ':holder': lease.holder,
        ':until': lease.until,
        ':now': lease.now,
        ':since': lease.since,
        ':none': 0,
      },
    });
    return taken && buildSchema.parse(taken);
  },

  /**
   * Gives the lease back if nothing was requested after `seen`; false when there is more to build. Once it is given
   * back so, every change that was marked is filed: whatever has a number stands in its list.
   */
  finish: async (holder: string, seen: number): Promise<boolean> => {
    const done = await table.update(buildKey, {
      UpdateExpression:
        'SET built = :seen, announced = if_not_exists(arrivals, :none) REMOVE leaseUntil, holder',
      ConditionExpression: 'holder = :holder AND requested = :seen',
      ExpressionAttributeValues: { ':holder': holder, ':seen': seen, ':none': 0 },
    });
    return done !== undefined;
  },

  /** Gives the lease back with work left over. */
  releaseLease: async (holder: string): Promise<void> => {
    await table.update(buildKey, {
      UpdateExpression: 'REMOVE leaseUntil, holder',
      ConditionExpression: 'holder = :holder',
      ExpressionAttributeValues: { ':holder': holder },
      ReturnValues: 'NONE',
    });
  },

  /** Takes the next `count` arrival numbers; gives the first. */
  reserveArrivals: async (count: number): Promise<number> => {
    const after = await table.update(buildKey, {
      UpdateExpression: 'ADD arrivals :count',
      ExpressionAttributeValues: { ':count': count },
    });
    return buildSchema.parse(after).arrivals - count + 1;
  },

  /** Notes down that the publication began earlier than it did here. */
  setEarlierStart: async (since: string): Promise<void> => {
    await table.update(buildKey, {
      UpdateExpression: 'SET since = :since',
      ConditionExpression: 'attribute_not_exists(since) OR since > :since',
      ExpressionAttributeValues: { ':since': since },
      ReturnValues: 'NONE',
    });
  },

  setBuildVersion: async ({ buildVersion, site, isRebuilding }: BuildVersionState): Promise<void> => {
    await table.update(buildKey, {
      UpdateExpression: 'SET buildVersion = :buildVersion, site = :site, isRebuilding = :isRebuilding',
      ExpressionAttributeValues: {
        ':buildVersion': buildVersion,
        ':site': site,
        ':isRebuilding': isRebuilding,
      },
      ReturnValues: 'NONE',
    });
  },
});

export type BuildStore = ReturnType<typeof createBuildStore>;
