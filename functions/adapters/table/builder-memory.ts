import type { Build } from './build.ts';
import { createKeptLists } from './kept-lists.ts';
import type { ListStore } from './lists.ts';
import type { ChangedSeed, SeedStore } from './seeds.ts';

type Lease = Pick<Build, 'leases' | 'requested'>;

const toMark = ({ key, sequencer }: Pick<ChangedSeed, 'key' | 'sequencer'>): string => `${key}#${sequencer}`;

/**
 * What a builder knows from its last build. Leases are counted, so it knows whether another process has built since;
 * then it forgets everything: docs/decisions/0057-what-a-builder-knows.md
 */
export const createBuilderMemory = (stores: { readonly lists: ListStore; readonly seeds: SeedStore }) => {
  const { lists, forget } = createKeptLists(stores.lists);
  /** The build that ended last, if it came to its end. */
  let last: Lease | undefined;
  /** All marks of changes that this process knows of; undefined where there may be others. */
  let marks: Map<string, ChangedSeed> | undefined;
  /** Counts marks: what was read meanwhile may be older. */
  let marked = 0;
  let isComplete = false;

  const write = async (request: () => Promise<void>): Promise<void> => {
    marked += 1;
    try {
      await request();
    } catch (error) {
      // It may have taken effect, or a part of it.
      marks = undefined;
      throw error;
    } finally {
      marked += 1;
    }
  };

  const seeds: SeedStore = {
    ...stores.seeds,
    markChanged: async (changes) => {
      await write(() => stores.seeds.markChanged(changes));
      for (const change of changes) marks?.set(toMark(change), { ...change, failures: 0 });
    },
    unmark: async (changes) => {
      await write(() => stores.seeds.unmark(changes));
      for (const change of changes) marks?.delete(toMark(change));
    },
    recordFailure: async (change) => {
      marks = undefined;
      await stores.seeds.recordFailure(change);
    },
  };

  return {
    lists,
    seeds,
    memory: {
      /** @param isRequest whether taking the lease has counted a request of this process */
      begin: ({ leases, requested }: Lease, isRequest: boolean): void => {
        const isAlone = last !== undefined && leases === last.leases + 1;
        if (!isAlone) forget();
        // Whoever else marks a change requests a build then.
        isComplete = isAlone && isRequest && requested === (last?.requested ?? 0) + 1;
        last = undefined;
      },
      /** The lease was given back, and nothing was requested meanwhile. */
      end: ({ leases, requested }: Lease): void => {
        last = { leases, requested };
      },
      /** All changes, or the first `limit` of them. They are read unless this process has marked them all itself. */
      listChanges: async (limit: number): Promise<readonly ChangedSeed[]> => {
        if (isComplete && marks && marks.size < limit) {
          isComplete = false;
          return [...marks.values()];
        }
        isComplete = false;
        const before = marked;
        const found = await stores.seeds.listChanged(limit);
        marks =
          found.length < limit && marked === before
            ? new Map(found.map((change) => [toMark(change), change]))
            : undefined;
        return found;
      },
    },
  };
};

export type BuilderMemory = ReturnType<typeof createBuilderMemory>['memory'];
