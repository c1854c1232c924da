import type { Connection } from '../connection/connection.ts';
import { createCliServices } from '../connection/create-cli-services.ts';
import { listBucketObjects } from '../connection/list-bucket-objects.ts';

export const createImportTarget = (connection: Pick<Connection, 'environment' | 'now'>) => {
  const services = createCliServices(connection);
  return {
    ...services,
    /** MD5 of every seed whose key has a prefix, by key. */
    list: async (prefix: string): Promise<Map<string, string>> => {
      const found = new Map<string, string>();
      for await (const some of listBucketObjects(services.s3, services.buckets.seeds.name, prefix))
        for (const { key, etag } of some) found.set(key, etag);
      return found;
    },
  };
};

export type ImportTarget = ReturnType<typeof createImportTarget>;
