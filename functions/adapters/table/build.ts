import * as z from 'zod';
import { type MenuPage, menuPageSchema } from '../../core/site/menu-pages.ts';
import { buildItem } from '../../platform/contract.ts';
import type { ItemKey, TableClient } from './client.ts';
import { buildUpdate, updateItem } from './update-item.ts';

const buildKey: ItemKey = buildItem.key;

const buildSchema = z.object({
  /** Counts requests; `built` follows it. */
  requested: z.number().default(0),
  built: z.number().default(0),
  /** Counts leases: a builder whose lease follows its last one knows that nobody has built since. */
  leases: z.number().default(0),
  /** Counts what changes documents of the site besides uploads: an issue was sent, or a publication restored. */
  refreshes: z.number().default(0),
  arrivals: z.number().default(0),
  /** The number of the last return or correction. */
  lastAmendment: z.number().default(0),
  /** All arrivals up to this number are in their lists: an issue may cover up to here. */
  announced: z.number().default(0),
  since: z.string().exactOptional(),
  /** Fingerprint of the settings, templates and code that the whole site shows. */
  buildVersion: z.string().exactOptional(),
  /** The site's address, for functions whose deployment cannot know it yet. */
  site: z.string().exactOptional(),
  /** Names the last request of a full rebuild. */
  rebuildId: z.string().exactOptional(),
  /** The publication's own pages, which every page links to. */
  pages: z.array(menuPageSchema).default([]),
  /** True while months are left whose pages show an older build version. */
  isRebuilding: z.boolean().default(false),
});
export type Build = z.infer<typeof buildSchema>;

/** Until when a builder works, in epoch seconds. */
const leaseSchema = z.object({ leaseUntil: z.number().default(0) });

type BuildVersionState = Required<Pick<Build, 'buildVersion' | 'site' | 'isRebuilding'>>;

/** `now` and `until` are epoch seconds; `since` is the instant of the first build, if this is it. */
interface LeaseRequest {
  readonly holder: string;
  readonly now: number;
  readonly until: number;
  readonly since: string;
  /** Counts a request, too, where the lease is free. */
  readonly isRequest?: boolean;
}

/** One builder at a time, none forgotten: a counter of requests and a lease in one item. */
export const createBuildStore = (table: TableClient) => ({
  get: async (): Promise<Build> => (await table.get(buildKey, buildSchema)) ?? buildSchema.parse({}),

  /** @returns whether a builder has the lease, who sees the request before it gives the lease back */
  request: async (now: Date): Promise<boolean> => {
    const after = await table.update(buildKey, buildUpdate({ add: { requested: 1 } }));
    return leaseSchema.parse(after).leaseUntil * 1000 >= now.getTime();
  },

  /**
   * Requests that the documents of the whole site are built anew, from what was changed besides uploads: no builder
   * relies on what it knows.
   */
  requestRefresh: async (): Promise<void> => {
    await updateItem(table, buildKey, { add: { requested: 1, refreshes: 1, leases: 1 } });
  },

  /** Has the next build read anew what it shows of issues. */
  countRefresh: async (): Promise<void> => {
    await updateItem(table, buildKey, { add: { refreshes: 1, leases: 1 } });
  },

  requestFullRebuild: async (id: string): Promise<void> => {
    await updateItem(table, buildKey, { set: { rebuildId: id }, add: { requested: 1 } });
  },

  acquireLease: async ({ holder, now, until, since, isRequest = false }: LeaseRequest): Promise<Build | undefined> => {
    const update = buildUpdate({
      set: { holder, leaseUntil: until },
      compute: {
        since: 'if_not_exists(#since, :since)',
        requested: `if_not_exists(#requested, :none)${isRequest ? ' + :one' : ''}`,
        leases: 'if_not_exists(#leases, :none) + :one',
      },
      condition: 'attribute_not_exists(#leaseUntil) OR #leaseUntil < :now',
      values: { since, none: 0, one: 1, now },
    });
    const taken = await table.update(buildKey, update);
    return taken && buildSchema.parse(taken);
  },

  /**
   * Gives the lease back if nothing was requested after `seen`; undefined when there is more to build. By then every change
   * that was marked is in the records, so whatever has an arrival number is in its list.
   */
  finish: async (holder: string, seen: number): Promise<Build | undefined> => {
    const finished = await table.update(
      buildKey,
      buildUpdate({
        set: { built: seen, leaseUntil: undefined, holder: undefined },
        compute: { announced: 'if_not_exists(#arrivals, :none)' },
        condition: '#holder = :holder AND #requested = :built',
        values: { holder, none: 0 },
      }),
    );
    return finished && buildSchema.parse(finished);
  },

  releaseLease: async (holder: string): Promise<void> => {
    await updateItem(table, buildKey, {
      set: { leaseUntil: undefined, holder: undefined },
      condition: '#holder = :holder',
      values: { holder },
    });
  },

  /** Reserves the next `count` arrival numbers; gives the first. Returns and corrections are amendments. */
  reserveArrivals: async (count: number, hasAmendments: boolean): Promise<number> => {
    const next = 'if_not_exists(#arrivals, :none) + :count';
    const after = await table.update(
      buildKey,
      buildUpdate({
        compute: { arrivals: next, ...(hasAmendments && { lastAmendment: next }) },
        values: { none: 0, count },
      }),
    );
    return buildSchema.parse(after).arrivals - count + 1;
  },

  /** Lets numbers up to this one count as given, and as announced. */
  raiseArrivals: async (upTo: number): Promise<void> => {
    for (const counter of ['arrivals', 'announced'])
      await updateItem(table, buildKey, {
        set: { [counter]: upTo },
        condition: `attribute_not_exists(#${counter}) OR #${counter} < :${counter}`,
      });
  },

  setEarlierStart: async (since: string): Promise<void> => {
    await updateItem(table, buildKey, { set: { since }, condition: 'attribute_not_exists(#since) OR #since > :since' });
  },

  /** Requests a build, too, which may have to renew all that links to them. */
  setPages: async (pages: readonly MenuPage[]): Promise<void> => {
    await updateItem(table, buildKey, { set: { pages }, add: { requested: 1 } });
  },

  setBuildVersion: async ({ buildVersion, site, isRebuilding }: BuildVersionState): Promise<void> => {
    await updateItem(table, buildKey, { set: { buildVersion, site, isRebuilding } });
  },
});

export type BuildStore = ReturnType<typeof createBuildStore>;
