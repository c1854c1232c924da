import { readConfig } from '../../../functions/runtime/config.ts';
import type { Connection } from '../connection.ts';
import { listObjects } from '../list-objects.ts';
import { openSeeds } from '../seeds/open-seeds.ts';

/** Where a publication takes articles in, and where it says what became of them. */
export const openIntake = (connection: Pick<Connection, 'environment' | 'now'>) => {
  const seeds = openSeeds(connection);
  return {
    ...seeds,
    publication: readConfig(connection.environment).publication,
    /** MD5 of every object whose key begins so, by key. */
    list: async (prefix: string): Promise<Map<string, string>> => {
      const found = new Map<string, string>();
      for await (const some of listObjects(seeds.s3, seeds.buckets.seeds.name, prefix))
        for (const { key, etag } of some) found.set(key, etag);
      return found;
    },
  };
};

export type Intake = ReturnType<typeof openIntake>;
