import { readPublishConfig } from '../../../functions/runtime/environment.ts';
import type { Connection } from '../connection/connection.ts';
import { listBucketObjects } from '../connection/list-bucket-objects.ts';
import { createPublishingStores } from '../seeds/create-publishing-stores.ts';

/** Where a publication takes articles in, and where it says what became of them. */
export const createImportTarget = (connection: Pick<Connection, 'environment' | 'now'>) => {
  const seeds = createPublishingStores(connection);
  return {
    ...seeds,
    publication: readPublishConfig(connection.environment).publication,
    /** MD5 of every object whose key begins so, by key. */
    list: async (prefix: string): Promise<Map<string, string>> => {
      const found = new Map<string, string>();
      for await (const some of listBucketObjects(seeds.s3, seeds.buckets.seeds.name, prefix))
        for (const { key, etag } of some) found.set(key, etag);
      return found;
    },
  };
};

export type ImportTarget = ReturnType<typeof createImportTarget>;
